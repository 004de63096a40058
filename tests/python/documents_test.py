"""What the package says of itself is true."""

import doctest
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from support import needs_traces

SOURCE = Path(__file__).parents[2]


@needs_traces
class TheDocuments(unittest.TestCase):
    def test_show_what_python_prints(self):
        before = os.getcwd()
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                for page in ("python/README.md", "sweep/COLUMNS.md"):
                    failed, tried = doctest.testfile(str(SOURCE / page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
                    self.assertGreater(tried, 0, page)
                    self.assertEqual(failed, 0, page)
            finally:
                os.chdir(before)


class TheTypes(unittest.TestCase):
    @unittest.skipUnless(shutil.which("mypy"), "no mypy")
    def test_are_right(self):
        with tempfile.TemporaryDirectory() as cache:
            checked = subprocess.run(["mypy", "--config-file", "mypy.ini", "--cache-dir", cache, "ernsim"], cwd=SOURCE / "python",
                                     capture_output=True, text=True)
        self.assertEqual(checked.returncode, 0, checked.stdout)


if __name__ == "__main__":
    unittest.main()

"""The notebooks, executed as a reader would, each in an empty folder."""

import importlib.util
import tempfile
import unittest
from pathlib import Path

try:
    import ipykernel
    import matplotlib
    import nbclient
    import nbformat
    MISSING = None
except ModuleNotFoundError as error:
    MISSING = error.name

NOTEBOOKS = Path(__file__).parents[2] / "examples" / "notebooks"


def code(book):
    return [cell for cell in book.cells if cell.cell_type == "code"]


def lines(book):
    return [line for cell in code(book) for line in cell.source.splitlines() if line.strip()]


def printed(book):
    return "".join(output.text for cell in code(book) for output in cell.outputs if output.output_type == "stream" and output.name == "stdout")


def shown(book, kind):
    return [output.data[kind] for cell in code(book) for output in cell.outputs if kind in output.get("data", {})]


@unittest.skipIf(MISSING, f"no {MISSING}")
class ANotebook(unittest.TestCase):
    def executed(self, name):
        book = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
        self.assertFalse(any(cell.outputs for cell in code(book)), "outputs are stored")
        with tempfile.TemporaryDirectory() as folder:
            nbclient.NotebookClient(book, timeout=150, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()
            self.assertEqual(list(Path(folder).iterdir()), [])
        return book

    def test_gets_from_nothing_to_a_pareto_plot_in_twenty_lines(self):
        book = self.executed("question_to_answer")
        self.assertLessEqual(len(lines(book)), 20)
        self.assertIn("that keep the constraints are on the front", printed(book))
        self.assertEqual(len(shown(book, "image/png")), 1)
        self.assertIn("<iframe", shown(book, "text/html")[-1])

    @unittest.skipUnless(importlib.util.find_spec("ernsim._trace"), "the package was built without pybind11")
    def test_gets_from_a_trace_to_the_sum_that_did_not_fit(self):
        said = printed(self.executed("trace_to_bug"))
        self.assertRegex(said, r"cycle \d+, quantization.codes_out, layer backbone.layer3.1.conv2: channel \d+ is \d, not \d")
        self.assertRegex(said, r"= -\d+, but 9 bits hold -256 to 255")
        self.assertIn("overflows: 1 - bits needed: 13", said)


if __name__ == "__main__":
    unittest.main()

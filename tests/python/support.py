"""What the tests of the Python package share. PYTHONPATH has the package, ERNSIM is the program."""

import importlib.util
import os
import stat
import subprocess
import tempfile
import unittest
from pathlib import Path
from unittest import mock

SMALL = {"network": "ERNs18x075", "input_size": (32, 32)}
SMALL_OPTIONS = ("--network", "ERNs18x075", "--input-size", "32x32")
needs_traces = unittest.skipUnless(importlib.util.find_spec("ernsim._trace"), "the package was built without pybind11")


def command(*words, directory=None):
    """What the program prints, without the package."""
    return subprocess.run([os.environ["ERNSIM"], *words], cwd=directory, check=True, capture_output=True, text=True).stdout


def words_of(settings):
    return [word for key, value in settings.items() for word in ("--set", f"{key}={value}")]


class ProgramOf:
    """A program that does what a script says, in the place of ernsim, in a folder of its own."""

    def __init__(self, script):
        self.script = script

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        file = folder / "ernsim"
        file.write_text(f"#!/bin/sh\n{self.script.format(folder=folder)}\n")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        self._patch = mock.patch.dict(os.environ, ERNSIM=str(file))
        self._patch.start()
        return folder

    def __exit__(self, *_):
        self._patch.stop()
        self._folder.cleanup()

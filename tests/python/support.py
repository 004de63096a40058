"""What the tests of the Python package share. PYTHONPATH has the package, ERNSIM is the program."""

import os
import subprocess

SMALL = {"network": "ERNs18x075", "input_size": (32, 32)}
SMALL_OPTIONS = ("--network", "ERNs18x075", "--input-size", "32x32")


def command(*words, directory=None):
    """What the program prints, without the package."""
    return subprocess.run([os.environ["ERNSIM"], *words], cwd=directory, check=True, capture_output=True, text=True).stdout


def words_of(settings):
    return [word for key, value in settings.items() for word in ("--set", f"{key}={value}")]

"""Temporary folders that objects bring with them."""

from __future__ import annotations

import shutil
import weakref
from pathlib import Path
from tempfile import mkdtemp


class Scratch:
    """A folder that goes with the last reference to this, or with the process."""

    def __init__(self) -> None:
        self.path = Path(mkdtemp(prefix="ernsim-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)

"""Files that a command names, and whether they are still the same."""

from __future__ import annotations

import os
from typing import Iterable

State = dict[str, tuple[int, int]]
"""Of each file its time of modification in nanoseconds and its bytes."""


def state_of(words: Iterable[str], directory: str) -> State:
    """Those of the words, or of what stands behind an option's '=', that are files, counted from `directory`."""
    named = (os.path.join(directory, part) for word in words for part in {word, word.partition("=")[2]} if part)
    return {path: (about.st_mtime_ns, about.st_size) for path in named if os.path.isfile(path) for about in [os.stat(path)]}

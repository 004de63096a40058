"""Values and files as TOML has them."""

from __future__ import annotations

import json
import os
from typing import Any, Mapping, Sequence

from ernsim.errors import InputError


def plain(value: Any) -> Any:
    """NumPy's numbers and arrays as Python's own; everything else as it is."""
    return value.tolist() if hasattr(value, "tolist") else value


def is_list(value: Any) -> bool:
    """Whether it is several values, which texts and bytes are not."""
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray))


def value(given: Any) -> str:
    """A value in TOML: numbers, booleans, texts, paths as texts, sequences as arrays, mappings as inline tables.

    Raises InputError of anything else, TypeError of bytes.
    """
    given = os.fspath(given) if isinstance(given, os.PathLike) else plain(given)
    if isinstance(given, (bytes, bytearray)):
        raise TypeError(f"{given!r:.100}: bytes are no text; os.fsdecode makes one of them")
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, (int, float)):
        return repr(given)
    if isinstance(given, str):
        return json.dumps(given, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(given, Mapping):
        return "{" + ", ".join(f"{value(str(key))} = {value(each)}" for key, each in given.items()) + "}"
    if isinstance(given, Sequence):
        return "[" + ", ".join(map(value, given)) + "]"
    raise InputError(f"{given!r} is no number, text, boolean, list or table of them")


def document(given: Mapping[str, Any]) -> str:
    """A file of a line for each key."""
    return "".join(f"{value(str(key))} = {value(each)}\n" for key, each in given.items())

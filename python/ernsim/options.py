"""Keyword arguments as options of a command."""

from __future__ import annotations

import os
from typing import Any, Iterator, Mapping, Sequence

from ernsim import toml

Settings = Mapping[str, Any]
"""Parameters by key, `{"dram.part": "ddr4_3200_x8"}`, or by section, `{"convolution": {"lanes": 3}}`, or both."""


def flat(settings: Settings, above: str = "") -> Iterator[tuple[str, Any]]:
    """Settings one by one, by their whole keys."""
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def text(value: Any) -> str:
    """What stands behind an option or a setting's key: texts and paths as they are, the rest as in TOML."""
    return os.fspath(value) if isinstance(value, (str, os.PathLike)) else toml.value(value)


def settings(given: Settings) -> list[str]:
    """A `--set` for each of them."""
    return [word for key, value in flat(given) for word in ("--set", f"{key}={text(value)}")]


def size(value: Any) -> Any:
    """Height and width as one word; what is in words already as it is."""
    numbers = isinstance(value, (list, tuple)) and not any(isinstance(each, str) for each in value)
    return "x".join(map(text, value)) if numbers else value


def option(name: str, value: Any) -> list[str]:
    """One keyword: None and False leave it out, True is a switch, a mapping settings, a sequence the option once for each."""
    value = size(toml.plain(value)) if name == "input_size" else toml.plain(value)
    dashed = "--" + name.replace("_", "-")
    if value is None or value is False:
        return []
    if value is True:
        return [dashed]
    if isinstance(value, Mapping):
        return settings(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [word for each in value for word in (dashed, text(each))]
    return [dashed, text(value)]


def options(given: Mapping[str, Any]) -> list[str]:
    """All keywords. The program itself says which it does not know."""
    return [word for name, value in given.items() for word in option(name, value)]

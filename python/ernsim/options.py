"""Keyword arguments as options of a command."""

from __future__ import annotations

import os
from typing import Any, Iterator, Mapping

from ernsim import toml
from ernsim.errors import InputError

Settings = Mapping[str, Any]
"""Parameters by key, `{"dram.part": "ddr4_3200_x8"}`, or by section, `{"convolution": {"lanes": 3}}`, or both."""


def flat(settings: Settings, above: str = "") -> Iterator[tuple[str, Any]]:
    """Settings one by one, by their whole keys. Raises InputError of a section in which nothing is."""
    for name, value in settings.items():
        if isinstance(value, Mapping) and not value:
            raise InputError(f"{above}{name}: there is nothing in it; leave it out, or set one of its keys")
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


def sizes(value: Any) -> list[Any]:
    """One size or several, each as a word: height and width are joined, what is in words already stays as it is."""
    value = toml.plain(value)
    if not toml.is_list(value):
        return [value]
    parts = [toml.plain(each) for each in value]
    if parts and not any(isinstance(each, str) or toml.is_list(each) for each in parts):
        return ["x".join(map(text, parts))]
    return [word for each in parts for word in sizes(each)]


def option(name: str, value: Any) -> list[str]:
    """One keyword: None and False leave it out, True is a switch, a mapping settings, a sequence the option once for each."""
    value = toml.plain(value)
    dashed = "--" + name.replace("_", "-")
    if value is None or value is False:
        return []
    if name == "input_size":
        value = sizes(value)
    if value is True:
        return [dashed]
    if isinstance(value, Mapping):
        return settings(value)
    if toml.is_list(value):
        return [word for each in value for word in _valued(dashed, text(each))]
    return _valued(dashed, text(value))


def _valued(dashed: str, word: str) -> list[str]:
    """A value that begins as an option does is none."""
    return [f"{dashed}={word}"] if word.startswith("-") else [dashed, word]


def options(given: Mapping[str, Any]) -> list[str]:
    """All keywords, switches last: one that needs a value then takes no other word for it. The program itself says which it does not know."""
    in_order = sorted(given.items(), key=lambda each: toml.plain(each[1]) is True)
    return [word for name, value in in_order for word in option(name, value)]

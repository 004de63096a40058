"""What a sweep is asked, as a file and options of the program."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Mapping

from ernsim import toml
from ernsim.errors import InputError
from ernsim.options import sizes, text

_FILE_KEYS = {"network": "networks", "stem": "stems", "input_size": "input_sizes", "want": "constraints", "best": "objectives"}
"""What a question's options are called in a sweep file, where each is a list."""

_NO_FILE_KEYS = ("set", "merge", "color")
"""Options that stay such beside a sweep file."""


def asked(definition: Any, axes: Mapping[str, Any] | None, question: Mapping[str, Any], file: Path) -> tuple[list[str], Mapping[str, Any]]:
    """The sweep file that asks, if one does, and what is left to options; what is to be in a file is written to `file`."""
    question = {name: value for name, value in question.items() if value is not None}
    if definition is not None and not isinstance(definition, Mapping):
        if axes is not None:
            raise InputError(f"axes: {text(definition)} is a sweep file, which says them itself, in its section [axes]")
        return [_file_name(definition)], question
    if definition is None and axes is None:
        return [], _of_one(question)
    content = dict(definition or {})
    if definition is None:
        content, question = _as_file(question)
    file.write_text(toml.document(_with_sizes({**content, "axes": content.get("axes") if axes is None else axes})), "utf-8")
    return [str(file)], question


def _file_name(file: str | os.PathLike[str]) -> str:
    """One that begins as an option does is none."""
    name = text(file)
    return f"./{name}" if name.startswith("-") else name


def _of_one(question: Mapping[str, Any]) -> Mapping[str, Any]:
    """A question over the usual axes, of which the program takes one size and one stem."""
    for name, several in (("input_size", sizes), ("stem", _several)):
        if name in question and len(several(question[name])) > 1:
            raise InputError(f"{name}: a question over the usual axes is about one; with axes={{...}} it may be about several")
    return _accuracy_as_options(question)


def _accuracy_as_options(question: Mapping[str, Any]) -> Mapping[str, Any]:
    """What networks score is a table in a sweep file, and options of a question."""
    made = dict(question)
    if "accuracy" in made:
        made["accuracy"] = [f"{text(network)}={text(score)}" for network, score in _table("accuracy", made["accuracy"]).items()]
    for name, value in _table("evaluate", made.pop("evaluate", {})).items():
        made[name] = value
    return made


def _table(name: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InputError(f"{name}: must be a mapping")
    return value


def _as_file(question: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a sweep file says of a question, and what is left to options."""
    content: dict[str, Any] = {}
    left: dict[str, Any] = {}
    for name, value in question.items():
        if name in _NO_FILE_KEYS or (name == "platform" and isinstance(value, Mapping)):
            left[name] = value
        elif name in _FILE_KEYS:
            content[_FILE_KEYS[name]] = value if name == "input_size" else _several(value)
        else:
            content[name] = value
    return content, left


def _with_sizes(content: Mapping[str, Any]) -> dict[str, Any]:
    """A sweep file without what is None in it, its sizes in words."""
    given = {name: value for name, value in content.items() if value is not None}
    return {name: sizes(value) if name == "input_sizes" else value for name, value in given.items()}


def _several(value: Any) -> list[Any]:
    value = toml.plain(value)
    return list(value) if toml.is_list(value) else [value]

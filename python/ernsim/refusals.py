"""Options of the program whose effect a call in Python could not give back."""

from __future__ import annotations

from typing import Any, Mapping

from ernsim import toml
from ernsim.errors import InputError

_REFUSED = {
    "run": {"json": "the result is that, result.json its text", "help": "help(ernsim.run) has it"},
    "trace": {"help": "help(ernsim.trace) has it"},
    "sweep": {
        "csv": "the frame is that, frame.to_csv(FILE) writes it",
        "json": "the frame and its attrs are that",
        "init": "it simulates nothing; in a shell `ernsim sweep --init FILE.toml` writes a sweep file",
        "shard": "a shard has no answer; in a shell `ernsim sweep FILE.toml --shard I/N` simulates it, merge=True joins what is there",
        "slurm": "it simulates nothing; in a shell `ernsim sweep FILE.toml --slurm N` writes the job array",
        "help": "help(ernsim.sweep) has it",
    },
}

_FILES = ("csv", "html", "pdf", "save_schedule", "out", "vcd", "fst", "perfetto")
_STANDARD_OUTPUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


def refuse(command: str, given: Mapping[str, Any]) -> None:
    """Raises InputError of a keyword that would leave the call without its result."""
    for name, value in given.items():
        value, name = toml.plain(value), name.replace("-", "_")
        why = _REFUSED[command].get(name)
        if why and value is not None and value is not False:
            raise InputError(f"{name}: not in Python: {why}")
        if name in _FILES and str(value) in _STANDARD_OUTPUT:
            raise InputError(f"{name}: {value} is standard output, which the call reads itself; name a file")

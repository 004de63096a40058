"""The program `ernsim`: where it is, and a command of it as a function."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from typing import Collection

from ernsim.errors import InputError, InternalError

_SECONDS_TO_END = 10
"""A command that is told to end removes what it has begun to write; then it is killed."""

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def find() -> str:
    """The program: what the environment variable ERNSIM says, what was installed or built with this package, or what PATH has.

    Raises FileNotFoundError if there is none.
    """
    if given := os.environ.get("ERNSIM"):
        return given
    for place in ("../../../../bin/ernsim", "../../ernsim"):  # from PREFIX/lib/python3/dist-packages/ernsim, and from a build's python/ernsim
        beside = os.path.normpath(os.path.join(os.path.dirname(__file__), place))
        if os.access(beside, os.X_OK) and os.path.isfile(beside):
            return beside
    if found := shutil.which("ernsim"):
        return found
    raise FileNotFoundError("there is no program ernsim: install it, put it on PATH, or set ERNSIM to its path")


def call(*arguments: str, statuses: Collection[int] = (0,), directory: str | None = None) -> str:
    """What a command prints. Raises InputError, InternalError, or FileNotFoundError if the program cannot be started.

    `statuses` are those with which it has done its work. If an exception comes while it is at work, as Ctrl-C does, it is ended first.
    """
    program = find()
    try:
        process = subprocess.Popen([program, *arguments], cwd=directory, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, encoding="utf-8", errors="surrogateescape")
    except ValueError as error:  # a text that no argument can be, as with a NUL in it
        raise InputError(f"{arguments!r:.200}: no words for a program: {error}") from None
    except OSError as error:
        raise FileNotFoundError(f"{program}: the program cannot be started: {error.strerror}") from error
    with process:
        try:
            printed, complaints = process.communicate()
        except BaseException:
            _end(process)
            raise
    if process.returncode not in statuses:
        raise _failure(arguments[0], process.returncode, complaints)
    return printed


def version() -> str:
    """The program's version, which is this package's."""
    return call("version").split()[-1]


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _failure(command: str, status: int, complaints: str) -> Exception:
    complaints = _COLOURS.sub("", complaints)
    lines = [line.removeprefix("ernsim: ") for line in complaints.splitlines() if line.startswith("ernsim: ")]
    if status == 2 and lines:
        return InputError(lines[-1])
    if status < 0:
        return InternalError(": ".join([f"ernsim {command} was ended by {signal.Signals(-status).name}", *lines[-1:]]))
    return InternalError(lines[-1] if lines else f"ernsim {command} ended with status {status}")

"""A run's page in a notebook."""

from __future__ import annotations

import html
from pathlib import Path
from tempfile import TemporaryDirectory

from ernsim import program

_HEIGHT_PIXELS = 720


def page_of(run_json: str) -> str:
    """The page with charts that `ernsim report` makes of a run's JSON. Raises InputError if the program was built without it."""
    with TemporaryDirectory(prefix="ernsim-") as folder:
        file = Path(folder) / "run.json"
        file.write_text(run_json, "utf-8", "surrogateescape")
        return program.call("report", str(file), "--html", "-")


def frame_of(page: str) -> str:
    """A page as an element of another."""
    return f'<iframe title="ernsim" srcdoc="{html.escape(page)}" style="width: 100%; height: {_HEIGHT_PIXELS}px; border: 0"></iframe>'

"""Many configurations."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Mapping

import pandas as pd

from ernsim import program
from ernsim.errors import InputError
from ernsim.options import options
from ernsim.question import asked
from ernsim.refusals import refuse


def sweep(definition: str | os.PathLike[str] | Mapping[str, Any] | None = None, *, axes: Mapping[str, Any] | None = None,
          out: str | os.PathLike[str] | None = None, resume: bool = False, jobs: int | None = None, **question: Any) -> pd.DataFrame:
    """Simulates a grid of configurations, timing only, as `ernsim sweep` does, and gives a row for each point, the best first.

    definition: a sweep file, or what one says as a mapping (sweep/README.md), `{"networks": ["ERNs18"], "axes": {...}}`.
    axes: values by key, `{"convolution.lanes": [1, 2, 3]}`, or `{"from": 1, "to": 3, "step": 1}`; left out: the usual ones. A sweep file
        has its own.
    out: a folder that keeps the database; with `resume` the points that are in it are taken from there.
    question: in the place of a definition: `network="ERNs50"`, `input_size=(64, 64)`, `want="fps >= 120"`, `best=["max fps", "min lut"]`,
        `platform`, `set`, and with axes any key of a sweep file besides. Lists are several, of sizes and stems only with axes;
        None is not given. What networks score: `accuracy={"mine.onnx": 0.71}`, a share or the name of a CSV file of `ernsim eval`, and
        `evaluate={"data": "photos", "resize": 256}`.

    A column per figure is float64, NaN where it is not known, and one per axis, named by its key, Int64, float64 or text as its values are;
    `standing` is front, keeps, not compared, breaks or not simulated. `frame.attrs["answer"]` is the answer in sentences, the other attrs are what
    the program's JSON says besides the points. Raises InputError and InternalError.
    """
    refuse("sweep", question)
    with TemporaryDirectory(prefix="ernsim-") as scratch:
        folder = Path(out if out is not None else Path(scratch) / "sweep")
        file, asks = asked(definition, axes, question, Path(scratch) / "sweep.toml")
        csv, answer = Path(scratch) / "points.csv", Path(scratch) / "answer.json"
        outputs = {"out": folder, "csv": csv, "json": answer, "resume": resume, "jobs": jobs}
        _call(file + options({**asks, **outputs}), Path(scratch), folder)
        frame = pd.read_csv(csv, dtype=_types(folder / "sweep.sqlite"), keep_default_na=False, na_values=[""],
                            float_precision="round_trip")
        frame.attrs.update(_answer(json.loads(answer.read_text("utf-8"))))
    return _with_texts(frame)


def _call(words: list[str], scratch: Path, folder: Path) -> None:
    try:
        program.call("sweep", *words)
    except InputError as error:  # of a file that was written here, or that the program makes of a question, what it says is enough
        line = re.sub(rf"^{re.escape(str(folder))}/sweep\.toml:\d+: ", "", str(error))
        raise InputError(line.replace(f"{scratch}/", "")) from None


def _types(database: Path) -> dict[str, str]:
    """Each column's type in a frame, by that in the database; columns that only the CSV has are texts."""
    names = {"INTEGER": "Int64", "REAL": "float64"}
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return {name: names.get(kind, "str") for _, name, kind, *_ in connection.execute("PRAGMA table_info(points)")}


def _with_texts(frame: pd.DataFrame) -> pd.DataFrame:
    """A text that is empty is one, and not unknown."""
    texts = frame.select_dtypes(object).columns
    frame[texts] = frame[texts].fillna("")
    return frame


def _answer(document: dict[str, Any]) -> dict[str, Any]:
    sentences = [sentence for each in document["answers"] for sentence in each["sentences"]]
    return {"answer": "\n".join(sentences), **{key: value for key, value in document.items() if key != "points"}}

"""What a run gives."""

from __future__ import annotations

import html
import json
import os
import shlex
from functools import cached_property
from typing import Any, Iterator, Mapping

import pandas as pd
from numpy.typing import NDArray

from ernsim import program
from ernsim.catalogue import figures
from ernsim.errors import InputError
from ernsim.inputs import state_of
from ernsim.page import frame_of, page_of
from ernsim.scratch import Scratch
from ernsim.tensors import Tensors


class Result(Mapping[str, Any]):
    """A run's JSON as a mapping (tools/README.md says what the keys mean; units are in their names), and views of it.

    json: the text that the program wrote; `Result(text)` makes a result of such a file.
    Frames and arrays are made when they are asked for.
    """

    def __init__(self, json_text: str, directory: str | None = None) -> None:
        self.json = json_text
        self._directory = directory or os.getcwd()
        self._values: dict[str, Any] = json.loads(json_text)
        self._inputs = state_of(self._words(), self._directory)

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __reduce__(self) -> tuple[type[Result], tuple[str, str]]:
        return Result, (self.json, self._directory)

    @cached_property
    def layers(self) -> pd.DataFrame:
        """One row per layer on the array, by name, in the order of execution; what is below a key is a column `key.name`."""
        return pd.json_normalize(self["layers"]).set_index("name")

    @cached_property
    def units(self) -> pd.DataFrame:
        """One row per unit, by name: busy, idle and stalled cycles, these by cause as `stall_cycles.CAUSE`, and shares of them."""
        return pd.json_normalize([{"unit": name, **unit} for name, unit in self["units"].items()]).set_index("unit")

    @cached_property
    def figures(self) -> pd.Series:
        """The figures of `ernsim.figures()` that a run has, by name; NaN is one that is not known."""
        places = figures()["in_run"].dropna()
        return places.map(self._at).astype(float).rename(None)

    def _at(self, pointer: str) -> Any:
        value: Any = self._values
        for key in pointer.split("/")[1:]:
            value = None if value is None else value[key]
        return value

    def _words(self) -> list[str]:
        return shlex.split(self._values.get("command", ""))[1:]

    @cached_property
    def tensors(self) -> Tensors:
        """Every activation and residual sum that the hardware made, and the logits.

        The run is repeated for them once. Raises InputError if it was one without data, or if a file that it names has changed since,
        or its figures.
        """
        folder = Scratch()
        words = self._words()
        again = program.call(*words, "--dump-tensors", str(folder.path), "--json", "-", directory=self._directory)
        if again != self.json:
            raise InputError(f"{self['command']}: gives other figures now: files that the run had read have changed")
        if changed := [path for path, state in state_of(words, self._directory).items() if state != self._inputs.get(path)]:
            raise InputError(f"{changed[0]}: has changed since the run, whose tensors are asked for now")
        return Tensors(folder)

    @property
    def logits(self) -> NDArray[Any]:
        """What the network says, float32 [classes]; the tensors have it for a head whose result is a map."""
        return self.tensors["logits"]

    @property
    def page(self) -> str:
        """The page with charts, one HTML file that needs no network."""
        return page_of(self.json)

    def __repr__(self) -> str:
        height, width = self["input_size"]
        return (f"<ernsim run of {self['network']} {height}x{width} on {self['platform']}: {self['cycles']:,} cycles, "
                f"{self['latency_ms']:.3f} ms, {self['fps']:.1f} FPS>")

    def _repr_html_(self) -> str:
        try:
            return frame_of(self.page)
        except InputError as error:  # a program without pages
            return f"<p>{html.escape(repr(self))}</p><p>{html.escape(str(error))}</p>"

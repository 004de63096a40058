"""Tensors that a command has written into a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Iterator, Mapping, NoReturn

import numpy as np
from numpy.typing import NDArray

from ernsim.scratch import Scratch


class Tensors(Mapping[str, NDArray[Any]]):
    """Arrays by name, each read from its file when it is asked for: codes uint8 and residual sums int16 as [channels, height, width],
    `logits` float32 [classes]. A head whose map is the result is that map, int16 [channels, height, width], and `NAME.scale`, float64
    [channels], what one of its integers is worth. The folder goes with the last reference to this."""

    def __init__(self, folder: Scratch) -> None:
        self._folder = folder
        self._files = _files(folder.path)

    def __getitem__(self, name: str) -> NDArray[Any]:
        array: NDArray[Any] = np.load(self._files[name], allow_pickle=False)
        return array

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __reduce__(self) -> NoReturn:
        raise TypeError("tensors lie in a temporary folder and are not pickled; pickle the result, which makes them again, or dict(tensors)")

    def __repr__(self) -> str:
        return f"<{len(self)} tensors: {', '.join(self)}>"


def _files(folder: Path) -> dict[str, Path]:
    """Files by the tensor's name, which is the file's unless the index, file by file, says otherwise."""
    index = folder / "index.json"
    names: dict[str, str] = json.loads(index.read_text("utf-8")) if index.exists() else {}
    return {names.get(file.name, file.name).removesuffix(".npy"): file for file in sorted(folder.glob("*.npy"))}

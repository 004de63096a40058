from typing import Any, Iterator

import numpy as np
from numpy.typing import NDArray

class Channel:
    name: str
    word_bytes: int
    kind: str
    timing: bool

class Run:
    """Beats of one channel that were reported together. Of a trace of hashes cycles are the first and the last one, addresses the first
    one, and there are no words."""

    cycles: NDArray[np.int64]
    addresses: NDArray[np.uint32]
    words: NDArray[np.uint8]
    """[beats, word_bytes]"""
    values: NDArray[Any]
    """[beats, elements]: sums int16, codes uint8, otherwise the words' bytes"""
    layer: int | None
    """number of the layer; where that is None, block, row, column and tile_columns mean nothing"""
    block: int
    row: int
    column: int
    tile_columns: int
    """0: the beats are not a tile's pixels"""
    hashed: bool
    hash_of_values: int
    hash_of_cycles: int
    def __len__(self) -> int: ...

class Reader:
    network: str
    platform: str
    clock_period_ps: int
    block_channels: int
    parameters: dict[str, str]
    channels: list[Channel]
    layers: list[str]
    damage: str
    beats: int
    def __init__(self, file: str) -> None: ...
    def runs(self, channel: int) -> Iterator[Run]: ...

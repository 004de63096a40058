"""Golden traces: what passed the ports of the units, beat by beat, and when."""

from __future__ import annotations

import os
import warnings
from heapq import merge
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterator, Mapping, NamedTuple, Sequence

from numpy.typing import NDArray

from ernsim import program
from ernsim.errors import InputError
from ernsim.options import Settings, options
from ernsim.refusals import refuse
from ernsim.scratch import Scratch

if TYPE_CHECKING:
    from ernsim._trace import Channel, Reader, Run


class Beat(NamedTuple):
    """One word at one port; traces/FORMAT.md says what is a beat of which channel."""

    cycle: int
    """of the accelerator's clock, from the start of the simulation"""
    channel: str
    """unit.port"""
    address: int
    word: bytes
    """as it lies in memory, the lowest address first"""
    values: NDArray[Any]
    """elements of sums as int16 and of codes as uint8, by channel of the block; of every other word its bytes"""
    layer: str | None
    """None of what belongs to no layer that the trace names"""


class Trace:
    """A trace file: its header, and iterators over it; `for beat in trace` has every beat of every channel, in the order of time.

    Holds one chunk of each channel that is read. Raises InputError of a file that is no trace. Of a file that is damaged what lies before
    the damage is there, after a warning.
    """

    def __init__(self, file: str | os.PathLike[str]) -> None:
        self._reader = _reader()(os.fspath(file))
        self.file = Path(file)
        self.network, self.platform = self._reader.network, self._reader.platform
        self.parameters: dict[str, str] = self._reader.parameters
        """of the platform, by key; empty if who wrote the trace did not say"""
        self.clock_period_ps: int = self._reader.clock_period_ps
        self.layers: list[str] = self._reader.layers
        self.channels: dict[str, Channel] = {channel.name: channel for channel in self._reader.channels}
        """by name: `word_bytes`, `kind`, and whether it is of `timing` only"""
        self._numbers = {name: number for number, name in enumerate(self.channels)}
        self._scratch: Scratch | None = None
        if self._reader.damage:
            warnings.warn(f"{file}: {self._reader.damage}; what lies before is read", stacklevel=2)

    def runs(self, channel: str) -> Iterator[Run]:
        """What a unit did on a port in one go, sweep by sweep and burst by burst, as arrays. Raises KeyError of a channel it has not."""
        return self._reader.runs(self._numbers[channel])

    def beats(self, channel: str) -> Iterator[Beat]:
        """A channel's beats one by one. Raises KeyError; InputError of a trace of hashes, which has none."""
        for run in self.runs(channel):
            if run.hashed:
                raise InputError(f"{self.file}: a trace of hashes has runs and no beats: channel {channel}")
            layer = self._name_of(run.layer)
            for cycle, address, word, values in zip(run.cycles.tolist(), run.addresses.tolist(), run.words, run.values):
                yield Beat(cycle, channel, address, word.tobytes(), values, layer)

    def _name_of(self, layer: int | None) -> str | None:
        return self.layers[layer] if layer is not None and layer < len(self.layers) else None

    def __iter__(self) -> Iterator[Beat]:
        return iter(merge(*map(self.beats, self.channels), key=itemgetter(0)))

    def __len__(self) -> int:
        return self._reader.beats

    def __repr__(self) -> str:
        return f"<ernsim trace of {self.network} on {self.platform}: {len(self):,} beats of {len(self.channels)} channels>"


def trace(network: str | os.PathLike[str], platform: str | os.PathLike[str] | Settings | None = None, *,
          set: Settings | str | Sequence[str] | None = None, input_size: str | Sequence[int] | None = None,
          out: str | os.PathLike[str] | None = None, **more: Any) -> Trace:
    """Simulates a frame as `run` does, and gives its trace; `out` keeps the file, otherwise it goes with the trace.

    more: any other option of `ernsim help trace`: `units="store,convolution"`, `layers="conv"`, `cycles=":5000"`, `detail="hash"`.
    Raises InputError and InternalError, and ImportError where the package was built without what reads traces.
    """
    refuse("trace", {"out": out, **more})
    _reader()
    folder = Scratch()
    file = out if out is not None else folder.path / "trace"
    given = {"network": network, "platform": platform, "set": set, "input_size": input_size, "out": file, **more}
    program.call("trace", *options(given))
    made = Trace(file)
    made._scratch = folder
    return made


def _reader() -> type[Reader]:
    try:
        from ernsim._trace import Reader
    except ModuleNotFoundError:
        raise ImportError("traces are read by ernsim._trace, which is built where CMake finds Debian's pybind11-dev and python3-dev") from None
    return Reader

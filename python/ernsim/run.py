"""One inference."""

from __future__ import annotations

import os
from typing import Any, Sequence

from ernsim import program, toml
from ernsim.options import Settings, options
from ernsim.refusals import refuse
from ernsim.result import Result


def run(network: str | os.PathLike[str], platform: str | os.PathLike[str] | Settings | None = None, *,
        set: Settings | str | Sequence[str] | None = None, input_size: str | Sequence[int] | None = None,
        data: bool | None = None, **more: Any) -> Result:
    """Simulates an inference, as `ernsim run` does.

    network: a built-in name, or a TOML or ONNX file.
    platform: a name, a file, or what differs from the default one: `{"convolution": {"lanes": 1}, "dram.part": "ddr4_3200_x8"}`.
    set: what differs from a platform that is named; also as the command line has it, `"dram.ranks=2"` or a list of such.
    input_size: height and width, `(224, 224)` or `"224x224"`.
    data: False moves no values and gives the same cycles; they are moved otherwise.
    more: any other option of `ernsim help run`: `image="photo.jpg"`, `seed=3`, `frames=4`, `require_fit=True`.

    Raises InputError with the program's line about what is wrong, InternalError if it ends otherwise without a result.
    """
    given = {"network": network, "platform": platform, "set": set, "input_size": input_size, "data": _on_or_off(data), **more}
    refuse("run", given)
    return Result(program.call("run", *options({**given, "json": "-"})), os.getcwd())


def _on_or_off(data: Any) -> Any:
    """The option's value of a truth; what is none is as it is, for the program to say what it takes."""
    data = toml.plain(data)
    return "off" if data is False else None if data is True else data

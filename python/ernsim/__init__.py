"""ernsim from Python: runs, sweeps and traces of the cycle-accurate simulator, as frames and arrays.

Every simulation is a process of its own: what goes wrong in it is an exception here, and nothing else.

    result = ernsim.run("ERNs18", platform={"convolution": {"lanes": 1}})
    result["cycles"], result.layers, result.logits
    points = ernsim.sweep(network="ERNs18", axes={"convolution.lanes": [1, 2, 3]}, best=["max fps", "min lut"])
    for beat in ernsim.trace("ERNs18", units="store"): ...

What the program finds wrong in what it is given is an InputError with its one line; anything else that ends it an InternalError.
"""

from ernsim.catalogue import figures, networks, parameters
from ernsim.errors import InputError, InternalError
from ernsim.program import version
from ernsim.result import Result
from ernsim.run import run
from ernsim.sweep import sweep
from ernsim.trace import Beat, Trace, trace

__all__ = ["Beat", "InputError", "InternalError", "Result", "Trace", "figures", "networks", "parameters", "run", "sweep", "trace", "version"]


def __getattr__(name: str) -> str:
    if name == "__version__":
        return version()
    raise AttributeError(f"module 'ernsim' has no attribute '{name}'")

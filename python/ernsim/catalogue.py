"""What the program has, as it lists it itself."""

from __future__ import annotations

import json
from functools import lru_cache

import pandas as pd

from ernsim import program


@lru_cache(maxsize=8)
def _listed(command: str, of: str) -> str:
    return program.call(command, "--json", "-")


def _list(command: str) -> list[dict[str, object]]:
    entries: list[dict[str, object]] = json.loads(_listed(command, program.find()))
    return entries


def figures() -> pd.DataFrame:
    """The figures of runs and sweeps by name: `unit`, `meaning`, where a run's JSON has it, and when it is known."""
    return pd.DataFrame(_list("figures")).set_index("name")


def networks() -> pd.DataFrame:
    """The built-in networks by name."""
    return pd.DataFrame(_list("networks")).set_index("name")


def parameters(platform: str = "kv260") -> pd.DataFrame:
    """A built-in platform's parameters by key: `value`, `unit`, what is allowed, `meaning`, `source`. Raises KeyError."""
    by_name = {each["name"]: each["parameters"] for each in _list("platforms")}
    return pd.DataFrame(by_name[platform]).set_index("name")

"""Which packages of conda-forge are which wheels of PyPI. The data is in conda_names.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def _names() -> dict[str, str]:
    table = tomllib.loads((Path(__file__).parent / "conda_names.toml").read_text(encoding="utf-8"))
    same: list[str] = table["same"]
    renamed: dict[str, str] = table["renamed"]
    return {name: name for name in same} | renamed


def on_pypi(package: str) -> str:
    """ "torch" of "pytorch"; "" where it is not known to be the same project."""
    return _names().get(package.lower(), "")

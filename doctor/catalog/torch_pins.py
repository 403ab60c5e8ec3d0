"""Packages whose wheels each take one release of torch alone. The data is in torch_pins.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def _pins() -> dict[tuple[str, str], str]:
    table = tomllib.loads((Path(__file__).parent / "torch_pins.toml").read_text(encoding="utf-8"))
    packages = {name: rows for name, rows in table.items() if isinstance(rows, dict)}
    return {
        (name, version): torch
        for name, rows in packages.items()
        for torch, versions in rows.items()
        for version in versions
    }


def pinned_torch(package: str, version: str) -> str:
    """ "2.1.0" of xformers 0.0.22.post7, "2.10.0+" of one that takes later releases, too; "" where it is not known."""
    return _pins().get((package, version.partition("+")[0]), "")


def made_for(package: str, torch: str) -> str:
    """The newest release for that torch: "0.0.29.post1" of xformers for "2.5.1"; "" where there is none."""
    return next((version for (name, version), pin in reversed(_pins().items()) if (name, pin) == (package, torch)), "")

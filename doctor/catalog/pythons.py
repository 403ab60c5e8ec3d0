"""When a Python came out, and when PyTorch had wheels for it. The data is in pythons.toml and releases.json."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from doctor.catalog.data_files import all_releases
from doctor.catalog.version import Version


@cache
def _days() -> dict[str, str]:
    table = tomllib.loads((Path(__file__).parent / "pythons.toml").read_text(encoding="utf-8"))
    return {version: day.isoformat() for version, day in table["released"].items()}


def first_torch(python: str, platform: str = "") -> tuple[str, str]:
    """The release that first had wheels for a Python ("3.13.0"), and its day; without a platform, on the last of the
    common ones. Empty strings where that Python was not there before it, or where that is not known."""
    tag = "cp" + str(Version.of(python).cut(2)).replace(".", "")
    begun: dict[str, tuple[str, str]] = {}
    for release in all_releases():  # newest first: the oldest stays
        begun |= {wheel.platform: (release.torch, release.date) for wheel in release.wheels if tag in wheel.python}
    common = [begun[name] for name in ("linux-x86_64", "windows-x86_64", "macos-arm64") if name in begun]
    torch, day = begun.get(platform, ("", "")) if platform else max(common, key=lambda one: one[1], default=("", ""))
    return (torch, day) if _days().get(python, day) < day else ("", "")

"""Python versions that PyTorch has wheels for."""

from __future__ import annotations

from functools import cache

from doctor import catalog
from doctor.catalog import Version


@cache
def with_wheels() -> list[Version]:
    """Python versions with a wheel of one of the releases of the last years, oldest first."""
    rows = catalog.all_releases()
    tags = {tag for row in rows for wheel in row.wheels for tag in wheel.python}
    return sorted(Version.of(f"{tag[2]}.{tag[3:]}") for tag in tags if tag.startswith("cp3") and tag[3:].isdigit())


@cache
def of_build(name: str, platform: str) -> tuple[Version, ...]:
    """Python versions with a wheel of this build for the platform, of any release; empty where it has none at all."""
    rows = (row for row in catalog.all_releases() if (build := row.build(name)) and platform in build.platforms)
    tags = {tag for row in rows if (wheel := row.wheel(platform)) for tag in (*wheel.python, *wheel.preview)}
    return tuple(sorted(Version.of(f"{tag[2]}.{tag[3:]}") for tag in tags if tag[:3] == "cp3" and tag[3:].isdigit()))


def usual() -> str:
    """A version that other packages have caught up with."""
    return str(with_wheels()[-3])

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


def usual() -> str:
    """A version that other packages have caught up with."""
    return str(with_wheels()[-3])

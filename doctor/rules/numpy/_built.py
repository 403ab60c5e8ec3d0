"""Which NumPy a torch was built for."""

from __future__ import annotations

from doctor.catalog import floors, published
from doctor.facts import Host, Torch


def for_numpy_1(torch: Torch | None, host: Host | None) -> bool:
    """Whether the release is known not to work with NumPy 2; conda-forge's were built again."""
    known = torch is not None and torch.installer != "conda"
    return known and published(torch.version if torch else None).older_than(first_for_numpy_2(host))


def first_for_numpy_2(host: Host | None) -> str:
    return floors.first_with_numpy2("windows" if host and host.os == "windows" else "linux")


def requirement(torch: Torch | None, host: Host | None) -> str:
    """The NumPy to install beside it."""
    return "numpy<2" if for_numpy_1(torch, host) else "numpy"

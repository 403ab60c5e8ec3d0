"""The conda-forge build for the same machine. The pytorch channel ended with 2.5; conda-forge has no ROCm or XPU."""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import CondaBuild, Version
from doctor.match.candidates import driver_too_old, wished_releases
from doctor.match.driving import all_undriven
from doctor.match.model import CondaChoice, Device, Machine, Wish


def conda_choice(machine: Machine, kind: str, devices: tuple[Device, ...], wish: Wish) -> CondaChoice | None:
    """The newest conda-forge torch that runs here and, for CUDA, has code for all the devices."""
    if kind not in ("cuda", "cpu", "mps") or machine.free_threaded or machine.implementation != "CPython":
        return None
    if all_undriven(machine, devices):
        return None
    wanted = wished_releases(wish.torch)
    fits = [
        row
        for row in catalog.conda_forge().builds
        if row.platform == machine.platform
        and bool(row.cuda) == (kind == "cuda")
        and row.torch in wanted
        and _runs_here(row, machine)
        and all(catalog.runs_on(d.target, row.sm, cuda=row.cuda) for d in devices if kind == "cuda" and d.target)
    ]
    best = max(fits, key=lambda row: (Version.of(row.torch), Version.of(row.cuda)), default=None)
    return CondaChoice(best.torch, best.cuda, catalog.conda_forge().newest_recipe, best.inferred) if best else None


def _runs_here(row: CondaBuild, machine: Machine) -> bool:
    if machine.libc == "musl" or (machine.python and machine.python not in row.python):
        return False
    if Version.of(machine.glibc).older_than(row.glibc) or Version.of(machine.macos).older_than(row.macos):
        return False
    return not driver_too_old(machine, row.cuda)

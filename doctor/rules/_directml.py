"""Whether programs here compute through DirectML, Windows' way to any GPU, for which torch is a CPU build."""

from __future__ import annotations

from doctor.facts import Packages, Runtime


def is_used(runtime: Runtime | None) -> bool:
    """A program has such a device; torch calls what it does not know "privateuseone"."""
    return runtime is not None and any(one.ok and one.device.startswith("privateuseone") for one in runtime.devices)


def is_there(runtime: Runtime | None, packages: Packages | None) -> bool:
    return is_used(runtime) or (packages is not None and packages.version("torch-directml") is not None)

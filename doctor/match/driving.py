"""Which GPUs an NVIDIA driver drives: a generation begins with one branch and ends with another."""

from __future__ import annotations

from collections.abc import Iterable

from doctor import catalog
from doctor.catalog import Version
from doctor.match.model import Device, Machine

TOO_NEW = "driver {branch} was the last for {architecture} GPUs, and driver {seen} no longer supports {gpu}"
TOO_OLD = "{architecture} GPUs such as {gpu} need driver {branch} or newer, the machine has {seen}"


def undriven(machine: Machine, device: Device) -> str:
    """Why the machine's driver does not drive a GPU; "" when it does, or when nobody can tell."""
    branch = catalog.driver_branch(machine.driver) if machine.driver else None
    known = catalog.architecture(device.target)
    if device.kind != "cuda" or branch is None or known is None or device.target in catalog.JETSON:
        return ""
    words = {"gpu": device.label, "architecture": known.architecture, "seen": machine.driver}
    if Version.of(known.last_driver).older_than(branch.branch):
        return TOO_NEW.format(branch=known.last_driver, **words)
    if Version.of(branch.branch).older_than(known.first_driver):
        return TOO_OLD.format(branch=known.first_driver, **words)
    return ""


def all_undriven(machine: Machine, devices: Iterable[Device]) -> str:
    """The reason of the first GPU where the driver drives none of them, "" where it drives one."""
    reasons = [undriven(machine, device) for device in devices]
    return reasons[0] if reasons and all(reasons) else ""


def first_branch(devices: Iterable[Device]) -> str:
    """The driver branch from which on all of the GPUs are driven, "" when not known."""
    known = [architecture for device in devices if (architecture := catalog.architecture(device.target))]
    return max((a.first_driver for a in known), key=Version.of, default="")


def last_branch(machine: Machine, devices: Iterable[Device]) -> str:
    """The driver branch that was the last for one of the GPUs, where the machine's is a later one; else ""."""
    branch = catalog.driver_branch(machine.driver) if machine.driver else None
    known = [architecture for device in devices if (architecture := catalog.architecture(device.target))]
    ended = [a.last_driver for a in known if branch and Version.of(a.last_driver).older_than(branch.branch)]
    return min(ended, key=Version.of, default="")

"""Which kind of build is looked for, which devices it should serve, and which are left out from the start."""

from __future__ import annotations

from functools import cache

import msgspec

from doctor import catalog
from doctor.catalog import ArchRow, BuildTag, Version
from doctor.match.candidates import has_code
from doctor.match.driving import all_undriven, undriven
from doctor.match.model import Device, LeftOut, Machine, Wish

NO_DRIVER = "no NVIDIA driver is installed; with driver {needed} or newer it can be used"
NO_BUILD = "no PyTorch build for {platform} has code for it"
OTHER_KIND = "a PyTorch build serves one kind of accelerator; --accelerator {kind} picks the build for this one"
OLD_MACOS = "MPS needs macOS {needed}"
_JETSON_ONLY = "compute capability {target} means a Jetson, and Jetsons are aarch64"
_MPS_SINCE = "12.3"


class Aim(msgspec.Struct, frozen=True):
    kind: str
    devices: tuple[Device, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def aim(machine: Machine, wish: Wish) -> Aim:
    """The kind of build: the one asked for, else that of the first usable accelerator, else the CPU's."""
    wanted = wish.accelerator or BuildTag.of(wish.build).kind or wish.build
    if wanted:
        return _aim_at(machine, wanted)
    left: list[LeftOut] = []
    for kind in ("cuda", "rocm", "xpu", "mps"):
        devices = _devices(machine, kind)
        reasons = [(d, unusable(machine, d)) for d in devices]
        left += [LeftOut(d.label, reason) for d, reason in reasons if reason]
        usable = tuple(d for d, reason in reasons if not reason)
        if usable or (kind == "cuda" and machine.driver and not devices):
            others = [d for d in machine.devices if d.kind != kind and not any(x.gpu == d.label for x in left)]
            left += [LeftOut(d.label, OTHER_KIND.format(kind=d.kind)) for d in others]
            return Aim(kind, usable, tuple(left))
    return Aim("cpu", (), tuple(left))


def _aim_at(machine: Machine, kind: str) -> Aim:
    """The kind is given: devices no build has code for are left out, unless that would leave none."""
    devices = _devices(machine, kind, integrated=True)
    reasons = {d: _no_code_reason(machine, d) or _undriven(machine, d) for d in devices}
    usable = tuple(d for d in devices if not reasons[d])
    if not usable:
        return Aim(kind, devices)
    return Aim(kind, usable, tuple(LeftOut(d.label, reason) for d, reason in reasons.items() if reason))


def _devices(machine: Machine, kind: str, *, integrated: bool = False) -> tuple[Device, ...]:
    """Those of a kind. Where no build has code for any AMD GPU, they run as the nearest target: that is said to the
    whole process, so never beside a GPU with code of its own; the graphics of a processor only where it is asked for.
    """
    devices = tuple(d for d in machine.devices if d.kind == kind)
    if kind != "rocm" or not all(d.target and _no_code_reason(machine, d) for d in devices):
        return devices
    return tuple(_as_near(device, integrated) for device in devices)


def _as_near(device: Device, integrated: bool) -> Device:
    near = catalog.near_target(device.target)
    if near is None or (near.integrated and not integrated):
        return device
    return msgspec.structs.replace(device, runs_as=near.runs_as)


def unusable(machine: Machine, device: Device) -> str:
    """Why no PyTorch can use the device on this machine as it is; "" when one can."""
    if device.kind == "mps":
        return OLD_MACOS.format(needed=_MPS_SINCE) if Version.of(machine.macos).older_than(_MPS_SINCE) else ""
    if text := _no_code_reason(machine, device) or _undriven(machine, device):
        return text
    if device.kind == "cuda" and machine.driver == "":
        newest = catalog.newest_torch(device.target, machine.platform) if device.target else None
        return NO_DRIVER.format(needed=catalog.minimum_driver(newest.build if newest else "cu132", machine.os))
    return ""


def _undriven(machine: Machine, device: Device) -> str:
    """A GPU that the driver does not drive is left out beside others; alone, the driver is what has to change."""
    alone = all_undriven(machine, (d for d in machine.devices if d.kind == "cuda" and not _no_code_reason(machine, d)))
    return "" if alone else undriven(machine, device)


def _no_code_reason(machine: Machine, device: Device) -> str:
    if device.kind == "xpu":
        return "" if _has_xpu(machine.platform) else NO_BUILD.format(platform=machine.platform)
    if device.kind == "mps" or any(has_code(device, row) for row in _rows(machine.platform, device.kind)):
        return ""
    if device.target in catalog.JETSON and machine.platform != "linux-aarch64":
        return _JETSON_ONLY.format(target=device.target)
    return NO_BUILD.format(platform=machine.platform)


@cache
def _rows(platform: str, kind: str) -> tuple[ArchRow, ...]:
    rows = catalog.arch_lists().rocm if kind == "rocm" else catalog.arch_lists().cuda
    return tuple(row for row in rows if row.platform == platform)


@cache
def _has_xpu(platform: str) -> bool:
    return any((row := release.build("xpu")) and platform in row.platforms for release in catalog.all_releases())

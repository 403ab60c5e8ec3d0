"""The machine to match, from the facts of a real one."""

from __future__ import annotations

from collections.abc import Iterator

from doctor import catalog
from doctor.catalog import Capability, Version
from doctor.facts import Amd, Facts, Gpu, Host, Intel, Nvidia, Python
from doctor.match.model import Device, Machine
from doctor.model import Status

_ARCHES = {"amd64": "x86_64", "x64": "x86_64", "x86-64": "x86_64", "arm64": "aarch64"}
_NARROW = {"x86_64": "i686", "aarch64": "armv7l"}
APPLE_GPU = Device("mps", "Apple GPU")


def machine_of(facts: Facts, interpreter: str = "") -> Machine:
    """What the facts tell; what they do not stays unknown and rules nothing out.

    `interpreter` is the path that commands name: the facts carry a redacted one.
    """
    host, python = facts.host.value or Host(), facts.python.value or Python()
    os = host.os or "linux"
    arch = architecture(python.machine or host.architecture or "x86_64", python.bits)
    return Machine(
        os=os,
        arch=arch,
        python=str(Version.of(python.version).cut(2)),
        free_threaded=bool(python.free_threaded),
        implementation=python.implementation or "CPython",
        libc=host.libc or "",
        glibc=(host.libc_version or "") if host.libc == "glibc" else "",
        macos=_macos(facts, host) if os == "macos" else "",
        driver=_driver(facts),
        devices=tuple(_devices(facts, os, arch)),
        wsl=bool(host.wsl),
        l4t=host.l4t or "",
        rosetta=bool(host.rosetta) or (os == "macos" and arch == "x86_64" and "Apple" in _chip(facts)),
        interpreter=interpreter,
        closed=bool(python.externally_managed),
    )


def architecture(name: str, bits: int | None = None) -> str:
    """The catalog's word for an architecture; that of a 32-bit interpreter is the 32-bit one."""
    arch = _ARCHES.get(name.lower(), name.lower())
    return _NARROW.get(arch, arch) if bits == 32 else arch


def _macos(facts: Facts, host: Host) -> str:
    apple = facts.apple.value
    return (apple.macos if apple else None) or host.distribution_version or ""


def _chip(facts: Facts) -> str:
    apple = facts.apple.value
    return (apple.chip if apple else None) or ""


def _driver(facts: Facts) -> str | None:
    """None when nobody looked: "" only when it is known that there is no driver."""
    if facts.nvidia.status is Status.ABSENT:
        return ""
    return facts.nvidia.value.driver_version if facts.nvidia.value else None


def _devices(facts: Facts, os: str, arch: str) -> Iterator[Device]:
    yield from _nvidia(facts.nvidia.value or Nvidia())
    yield from (Device("rocm", gpu.name, _gfx(gpu.gfx, gpu.name)) for gpu in (facts.amd.value or Amd()).gpus)
    yield from (Device("xpu", name) for name in (facts.intel.value or Intel()).gpus)
    if os == "macos" and arch == "aarch64":
        yield APPLE_GPU


def _nvidia(nvidia: Nvidia) -> Iterator[Device]:
    for gpu in nvidia.gpus or nvidia.pci_gpus or ():
        yield Device("cuda", gpu.name, str(Capability.of(gpu.compute_capability) or _by_model(gpu)))


def _by_model(gpu: Gpu) -> str:
    row = (catalog.gpu(gpu.pci_id) if gpu.pci_id else None) or catalog.gpu(gpu.name)
    return row.capability if row else ""


def _gfx(gfx: str | None, name: str) -> str:
    """Without the features that rocminfo appends: "gfx90a:sramecc+:xnack-"."""
    return (gfx or catalog.amd_gfx(name) or "").partition(":")[0]

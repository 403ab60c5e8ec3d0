"""What the kernel's files tell about the NVIDIA driver: /proc, /sys, /dev, /lib/modules. Root is a parameter."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from doctor.facts import DeviceNode, Gpu
from doctor.probes._files import device_node, exists, listing, read
from doctor.probes._pci import displays
from doctor.probes._windows import Adapter
from doctor.probes.nvidia.names import model_name
from doctor.text.nvidia_smi import is_mobile

NVIDIA = "10de"
_PCI = "sys/bus/pci/devices"
_MODULES_DEP_BYTES = 16 << 20
# PCI ids of NVSwitch bridges (Volta, Ampere, Hopper; from pci.ids): other NVIDIA bridges have the same class
_NVSWITCHES = ("0x1ac0", "0x1ac1", "0x1ac2", "0x1af1", "0x22a3", "0x22a4")
_VERSION = re.compile(r"\b(\d{2,3}(?:\.\d+){1,2})\b")
_MODULES = re.compile(r"^(nvidia(_\w+)?|nouveau|nova\w*|nvgpu)$")
# the driver's module has other names in some packages (Debian: nvidia-current), and siblings that are not it
_MODULE_FILE = re.compile(r"(?:^|/)nvidia(?:-(?!drm|uvm|modeset|peermem|wmi|fs)[\w-]+)?\.ko(?:\.\w+)?(?=:|$)", re.M)
# Jetson Linux names its GPU by the system on chip; the names are those that torch reports
_TEGRA = {
    "tegra210": ("NVIDIA Tegra X1", "5.3"),
    "tegra186": ("NVIDIA Tegra X2", "6.2"),
    "tegra194": ("Xavier", "7.2"),
    "tegra234": ("Orin", "8.7"),
    "tegra264": ("NVIDIA Thor", "11.0"),
}


def driver_of(text: str) -> tuple[str, bool] | None:
    """Version and whether the open kernel module, from /proc/driver/nvidia/version. None when it tells none.

    NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.135  Fri Nov 15 03:48:24 UTC 2024
    NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  610.43.03  Release Build  (root@archlinux)
    """
    line = next((line for line in text.splitlines() if "NVRM" in line), "")
    found = _VERSION.search(line.partition("Module")[2])
    return (found[1], "Open Kernel Module" in line) if found else None


def module_of(root: Path) -> tuple[str | None, bool | None]:
    """Version of the loaded kernel module ("" = none is loaded, None = this system does not tell) and openness."""
    if found := driver_of(read(root / "proc/driver/nvidia/version")):
        return found
    if version := read(root / "sys/module/nvidia/version"):
        return version, None
    return ("" if exists(root / "proc") else None), None


def modules_of(root: Path) -> tuple[str, ...] | None:
    """Loaded modules that drive NVIDIA GPUs; None when the kernel does not list its modules."""
    if not exists(root / "proc/modules"):
        return None
    names = (line.partition(" ")[0] for line in read(root / "proc/modules").splitlines())
    return tuple(sorted(name for name in names if _MODULES.match(name)))


def module_on_disk(root: Path) -> bool | None:
    """Whether the driver's module lies on disk for the running kernel; None where no modules are (containers)."""
    release = read(root / "proc/sys/kernel/osrelease") or os.uname().release
    for modules in (root / "lib/modules" / release, root / "usr/lib/modules" / release):
        if _MODULE_FILE.search(read(modules / "modules.dep", limit=_MODULES_DEP_BYTES)):
            return True
        if exists(modules):  # a module that was just built is not in the listing yet
            return any(_MODULE_FILE.search(file.name) for file in listing(modules, "**/nvidia*.ko*"))
    return None


def pci_gpus(root: Path) -> tuple[Gpu, ...] | None:
    """NVIDIA display devices on the PCI bus; None when this system has no such listing."""
    if not exists(root / _PCI):
        return None
    ids = [f"10de:{display.device}" for display in displays(root, NVIDIA)]
    return tuple(_pci_gpu(index, pci_id) for index, pci_id in enumerate(ids))


def _pci_gpu(index: int, pci_id: str) -> Gpu:
    name = model_name(pci_id)
    return Gpu(name, index, pci_id=pci_id, mobile=is_mobile(name))


def adapter_gpus(adapters: Iterable[Adapter]) -> tuple[Gpu, ...]:
    """The NVIDIA ones of Windows' display adapters, which their driver has named."""
    ours = [adapter for adapter in adapters if adapter.vendor == NVIDIA]
    named = [(a.name or model_name(f"{NVIDIA}:{a.device}"), f"{NVIDIA}:{a.device}") for a in ours]
    return tuple(Gpu(name, index, pci_id=pci_id, mobile=is_mobile(name)) for index, (name, pci_id) in enumerate(named))


def nvswitches(root: Path) -> int | None:
    """NVSwitch devices, on the PCI bus or as device nodes."""
    nodes = len(listing(root / "dev", "nvidia-nvswitch[0-9]*"))
    if not exists(root / _PCI):
        return nodes or None
    ours = [folder for folder in listing(root / _PCI) if read(folder / "vendor") == f"0x{NVIDIA}"]
    return max(nodes, sum(read(folder / "device") in _NVSWITCHES for folder in ours))


def proc_gpus(root: Path) -> tuple[Gpu, ...]:
    """GPUs the loaded driver lists, by model name: /proc/driver/nvidia/gpus/0000:01:00.0/information."""
    names = []
    for file in listing(root / "proc/driver/nvidia/gpus", "*/information"):
        found = re.search(r"^Model:[ \t]*(\S(?:.*\S)?)", read(file), re.M)
        names.append(found[1] if found and found[1] != "Unknown" else model_name(None))
    return tuple(Gpu(name, index, mobile=is_mobile(name)) for index, name in enumerate(names))


def tegra_gpu(root: Path) -> Gpu | None:
    """The GPU of a Jetson: part of the system on chip, on no bus."""
    compatible = read(root / "proc/device-tree/compatible") or read(root / "sys/firmware/devicetree/base/compatible")
    chip = re.search(r"nvidia,(tegra\d+)", compatible)
    if not chip:
        return None
    name, capability = _TEGRA.get(chip[1], (model_name(None), None))
    return Gpu(name, compute_capability=capability)


def device_nodes(root: Path) -> tuple[DeviceNode, ...]:
    """/dev/nvidia* (and /dev/dxg of WSL) with our own rights to each."""
    found = [path for pattern in ("nvidia*", "dxg") for path in listing(root / "dev", pattern)]
    return tuple(device_node(path, f"/{path.relative_to(root)}") for path in found if not path.is_dir())

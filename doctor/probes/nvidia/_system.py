"""What the kernel's files tell about the NVIDIA driver: /proc, /sys, /dev, /lib/modules. Root is a parameter."""

from __future__ import annotations

import os
import re
from pathlib import Path

from doctor.facts import DeviceNode, Gpu
from doctor.probes.nvidia.names import is_mobile, model_name

NVIDIA_VENDOR = "0x10de"
_DISPLAY_CLASS = "0x03"
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


def read(path: Path) -> str | None:
    """A small file's text, None when it is not there or not for us."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None


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
    text = read(root / "proc/driver/nvidia/version")
    if text and (found := driver_of(text)):
        return found
    version = read(root / "sys/module/nvidia/version")
    if version and version.strip():
        return version.strip(), None
    return ("" if (root / "proc").is_dir() else None), None


def modules_of(root: Path) -> tuple[str, ...] | None:
    """Loaded modules that drive NVIDIA GPUs; None when the kernel does not list its modules."""
    text = read(root / "proc/modules")
    if text is None:
        return None
    names = (line.split(None, 1)[0] for line in text.splitlines() if line.strip())
    return tuple(sorted(name for name in names if _MODULES.match(name)))


def module_on_disk(root: Path) -> bool | None:
    """Whether the driver's module lies on disk for the running kernel; None where no modules are (containers)."""
    release = (read(root / "proc/sys/kernel/osrelease") or os.uname().release).strip()
    for modules in (root / "lib/modules" / release, root / "usr/lib/modules" / release):
        listing = read(modules / "modules.dep")
        if listing and _MODULE_FILE.search(listing):
            return True
        if modules.is_dir():  # a module that was just built is not in the listing yet
            return any(_MODULE_FILE.search(file.name) for file in modules.rglob("nvidia*.ko*"))
    return None


def pci_gpus(root: Path) -> tuple[Gpu, ...] | None:
    """NVIDIA display devices on the PCI bus; None when this system has no such listing."""
    devices = _pci_devices(root)
    if devices is None:
        return None
    ids = [device for kind, device in devices if kind.startswith(_DISPLAY_CLASS)]
    return tuple(_pci_gpu(index, f"10de:{device[2:]}") for index, device in enumerate(ids))


def _pci_gpu(index: int, pci_id: str) -> Gpu:
    name = model_name(pci_id)
    return Gpu(name, index, pci_id=pci_id, mobile=is_mobile(name))


def nvswitches(root: Path) -> int | None:
    """NVSwitch devices, on the PCI bus or as device nodes."""
    devices = _pci_devices(root)
    nodes = len(list((root / "dev").glob("nvidia-nvswitch[0-9]*")))
    if devices is None:
        return nodes or None
    return max(nodes, sum(device in _NVSWITCHES for _, device in devices))


def _pci_devices(root: Path) -> list[tuple[str, str]] | None:
    """Class and device id of every NVIDIA device, in bus order."""
    try:
        folders = sorted((root / "sys/bus/pci/devices").iterdir())
    except OSError:
        return None
    ours = [folder for folder in folders if (read(folder / "vendor") or "").strip() == NVIDIA_VENDOR]
    return [((read(f / "class") or "").strip(), (read(f / "device") or "").strip()) for f in ours]


def proc_gpus(root: Path) -> tuple[Gpu, ...]:
    """GPUs the loaded driver lists, by model name: /proc/driver/nvidia/gpus/0000:01:00.0/information."""
    names = []
    for file in sorted((root / "proc/driver/nvidia/gpus").glob("*/information")):
        found = re.search(r"^Model:\s*(.+?)\s*$", read(file) or "", re.M)
        names.append(found[1] if found and found[1] != "Unknown" else model_name(None))
    return tuple(Gpu(name, index, mobile=is_mobile(name)) for index, name in enumerate(names))


def tegra_gpu(root: Path) -> Gpu | None:
    """The GPU of a Jetson: part of the system on chip, on no bus."""
    compatible = read(root / "proc/device-tree/compatible") or read(root / "sys/firmware/devicetree/base/compatible")
    chip = re.search(r"nvidia,(tegra\d+)", compatible or "")
    if not chip:
        return None
    name, capability = _TEGRA.get(chip[1], (model_name(None), None))
    return Gpu(name, compute_capability=capability)


def device_nodes(root: Path) -> tuple[DeviceNode, ...]:
    """/dev/nvidia* (and /dev/dxg of WSL) with our own rights to each."""
    found = [path for pattern in ("nvidia*", "dxg") for path in sorted((root / "dev").glob(pattern))]
    return tuple(_node(path, "/" + str(path.relative_to(root))) for path in found if not path.is_dir())


def _node(path: Path, shown: str) -> DeviceNode:
    return DeviceNode(shown, os.access(path, os.R_OK), os.access(path, os.W_OK), _group(path))


def _group(path: Path) -> str:
    import grp

    try:
        return grp.getgrgid(path.stat().st_gid).gr_name
    except (KeyError, OSError):  # a group of the host that the container has no name for
        return ""

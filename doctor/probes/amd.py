"""AMD GPUs and ROCm. In this order: the kernel's KFD topology, `rocminfo`, then the PCI bus (GPU there, driver not)."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from doctor.facts import Amd, AmdGpu
from doctor.privacy import redact
from doctor.probes import Absent, _pci, _windows
from doctor.probes._files import device_node, exists, listing, read, user_groups
from doctor.process import run
from doctor.target import Target
from doctor.text.numbers import whole
from doctor.text.rocminfo import gpus_of

_ROCMINFO_S = 8


def probe(target: Target) -> Amd:
    if sys.platform == "win32":
        return windows(_windows.display_adapters(), target.env)
    return linux(target.env)


def linux(env: Mapping[str, str], root: Path = Path("/")) -> Amd:
    """Raises Absent when there is neither an AMD display device nor a ROCm installation that sees one."""
    folder = _rocm_folder(env, root)
    gpus = kfd_gpus(root) or _rocminfo_gpus(folder, root) or pci_gpus(root)
    if not gpus:
        raise Absent("no AMD GPU in the kernel's topology or on the PCI bus")
    nodes = ["kfd", *(f"dri/{name}" for name in _pci.render_nodes(root, _pci.AMD))]
    return Amd(
        gpus=tuple(gpus),
        rocm_version=_rocm_version(folder) if folder else "",
        driver_loaded=exists(root / "sys/module/amdgpu"),
        device_nodes=tuple(device_node(root / "dev" / n, f"/dev/{n}") for n in nodes if exists(root / "dev" / n)),
        override=redact(env.get("HSA_OVERRIDE_GFX_VERSION", "")),
        user_groups=user_groups(),
    )


def windows(adapters: tuple[_windows.Adapter, ...], env: Mapping[str, str]) -> Amd:
    """From the display adapters in the registry. Raises Absent when AMD has none."""
    names = [adapter.name for adapter in adapters if adapter.vendor == _pci.AMD]
    if not names:
        raise Absent("no AMD display adapter")
    gpus = tuple(AmdGpu(name, index=index) for index, name in enumerate(names))
    return Amd(gpus, driver_loaded=True, override=redact(env.get("HSA_OVERRIDE_GFX_VERSION", "")))


def kfd_gpus(root: Path) -> list[AmdGpu]:
    """GPUs of `/sys/class/kfd/kfd/topology/nodes`, whose nodes are processors too: those have no SIMD units."""
    nodes = [node for node in listing(root / "sys/class/kfd/kfd/topology/nodes") if node.name.isdecimal()]
    known = [parse_properties(read(node / "properties")) for node in sorted(nodes, key=lambda node: int(node.name))]
    gpus = [values for values in known if values.get("simd_count") and values.get("vendor_id", 0x1002) == 0x1002]
    return [
        AmdGpu(_kfd_name(values, root), gfx_name(values.get("gfx_target_version", 0)), index)
        for index, values in enumerate(gpus)
    ]


def parse_properties(text: str) -> dict[str, int]:
    """ "name number" lines of a topology node."""
    pairs = [line.split() for line in text.splitlines()]
    return {pair[0]: number for pair in pairs if len(pair) == 2 and (number := whole(pair[1])) is not None}


def gfx_name(version: int) -> str | None:
    """ "gfx90a" from 90010: two decimal digits each for the minor version and the stepping, written in hex."""
    if version <= 0:
        return None
    return f"gfx{version // 10000}{version // 100 % 100:x}{version % 100:x}"


def _kfd_name(values: Mapping[str, int], root: Path) -> str:
    """The product's name by the device's place on the bus (`location_id` is bus and function)."""
    place = values.get("location_id", -1)
    bus, slot, function = place >> 8, place >> 3 & 31, place & 7
    address = f"{values.get('domain', 0):04x}:{bus:02x}:{slot:02x}.{function:x}"
    device = f"{values.get('device_id', 0):04x}"
    known = next((one for one in _pci.displays(root, _pci.AMD) if one.folder.name == address), None)
    return pci_name(known or _pci.Display(device, "", root / "sys/bus/pci/devices" / address), root)


def pci_gpus(root: Path) -> list[AmdGpu]:
    """AMD's display devices; what instruction set they have, the bus does not tell."""
    found = _pci.displays(root, _pci.AMD)
    return [AmdGpu(pci_name(display, root), None, index) for index, display in enumerate(found)]


def pci_name(display: _pci.Display, root: Path) -> str:
    """The card's own name, else libdrm's for its id and revision, else the id."""
    name = read(display.folder / "product_name") or parse_amdgpu_ids(
        read(root / "usr/share/libdrm/amdgpu.ids") or read(root / "opt/amdgpu/share/libdrm/amdgpu.ids"),
        display.device,
        display.revision,
    )
    return name or f"AMD GPU 1002:{display.device}"


def parse_amdgpu_ids(text: str, device: str, revision: str) -> str:
    """ "744C,<tab>C8,<tab>AMD Radeon RX 7900 XTX" lines; any revision's name when this one is not listed."""
    rows = [[part.strip() for part in line.split(",", 2)] for line in text.splitlines()]
    known = {row[1].lower(): row[2] for row in rows if len(row) == 3 and row[0].lower() == device}
    return known.get(revision.removeprefix("0x").lower()) or next(iter(known.values()), "")


def _rocm_folder(env: Mapping[str, str], root: Path) -> Path | None:
    named = [Path(env[name]) for name in ("ROCM_PATH", "ROCM_HOME", "HIP_PATH") if env.get(name)]
    usual = [root / "opt/rocm", *reversed(listing(root / "opt", "rocm-*"))]
    return next(
        (folder for folder in named + usual if exists(folder / ".info/version") or exists(folder / "bin")), None
    )


def _rocm_version(folder: Path) -> str | None:
    return read(folder / ".info/version") or read(folder / ".info/version-dev") or None


def _rocminfo_gpus(folder: Path | None, root: Path) -> list[AmdGpu]:
    """The only source under WSL, where there is no KFD. Not asked where nothing could answer it."""
    if folder is None or not any(exists(root / "dev" / name) for name in ("kfd", "dxg")):
        return []
    return gpus_of(run([folder / "bin/rocminfo"], timeout_s=_ROCMINFO_S).stdout)

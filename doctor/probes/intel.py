"""Intel GPUs that PyTorch's XPU backend can use, and the library it reaches them through."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from doctor.facts import Intel
from doctor.probes import Absent, _loader, _pci, _windows
from doctor.probes._files import device_node, exists
from doctor.target import Target

# PCI device ids of Intel's GPUs with the instructions XPU builds need, by pattern.
# Source: kernel, include/drm/intel/pciids.h (DG2, ATS-M, PVC, MTL, ARL, LNL, BMG, PTL); names: Intel's product pages.
_NAMES = (
    (r"569[0-9]|56a[0-6]|56b[0-3]", "Intel Arc A-series Graphics"),
    (r"56c[012]", "Intel Data Center GPU Flex"),
    (r"e2[0-2][0-9a-f]", "Intel Arc B-series Graphics"),
    (r"0bd[0-9ab]|0b6[9e]", "Intel Data Center GPU Max"),
    (r"7d(?:40|45|55|60|d5)", "Intel Arc Graphics (Meteor Lake)"),
    (r"7d(?:41|51|67|d1)", "Intel Graphics (Arrow Lake)"),
    (r"6420|64a0|64b0", "Intel Arc Graphics (Lunar Lake)"),
    (r"b0[89ab][0-9a-f]", "Intel Arc Graphics (Panther Lake)"),
)
_MODELS = {
    "56a0": "Intel Arc A770",
    "56a1": "Intel Arc A750",
    "56a2": "Intel Arc A580",
    "56a5": "Intel Arc A380",
    "56a6": "Intel Arc A310",
    "5690": "Intel Arc A770M",
    "5691": "Intel Arc A730M",
    "5692": "Intel Arc A550M",
    "5693": "Intel Arc A370M",
    "5694": "Intel Arc A350M",
    "56c0": "Intel Data Center GPU Flex 170",
    "56c1": "Intel Data Center GPU Flex 140",
    "e20b": "Intel Arc B580",
    "e20c": "Intel Arc B570",
    "0bd5": "Intel Data Center GPU Max 1550",
    "0bda": "Intel Data Center GPU Max 1100",
}


def probe(target: Target) -> Intel:
    if sys.platform == "win32":
        return windows(_windows.display_adapters(), Path(target.env.get("SYSTEMROOT", r"C:\Windows")))
    return linux(target.env, target.executable)


def linux(env: Mapping[str, str], executable: str = "", root: Path = Path("/")) -> Intel:
    """Raises Absent when no such GPU is on the PCI bus; older integrated graphics do not count."""
    names = [name for display in _pci.displays(root, _pci.INTEL) if (name := gpu_name(display.device))]
    if not names:
        raise Absent("no Intel GPU that PyTorch can use on the PCI bus")
    prefix = _loader.conda_prefix(executable)
    loader = _loader.library("libze_loader.so.1", env, (prefix / "lib",) if prefix else (), root)
    nodes = [f"dri/{name}" for name in _pci.render_nodes(root, _pci.INTEL)]
    return Intel(
        gpus=tuple(names),
        level_zero=loader is not None,
        device_nodes=tuple(device_node(root / "dev" / n, f"/dev/{n}") for n in nodes if exists(root / "dev" / n)),
    )


def windows(adapters: tuple[_windows.Adapter, ...], system_root: Path) -> Intel:
    """From the display adapters in the registry. Raises Absent when none is one that PyTorch can use."""
    mine = [adapter for adapter in adapters if adapter.vendor == _pci.INTEL and gpu_name(adapter.device)]
    if not mine:
        raise Absent("no Intel GPU that PyTorch can use among the display adapters")
    names = tuple(adapter.name or gpu_name(adapter.device) for adapter in mine)
    return Intel(names, exists(system_root / "System32/ze_loader.dll"))


def gpu_name(device: str) -> str:
    """The GPU's name by its PCI device id; "" for one that XPU builds do not run on."""
    if device in _MODELS:
        return _MODELS[device]
    return next((name for pattern, name in _NAMES if re.fullmatch(pattern, device)), "")

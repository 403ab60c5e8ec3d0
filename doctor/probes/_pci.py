"""Display devices on the PCI bus, from `/sys/bus/pci/devices`: there whether or not a driver is."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from doctor.probes._files import listing, read

AMD, INTEL = "1002", "8086"


class Display(NamedTuple):
    """A device of PCI class 03 (or 12, processing accelerator): "744c", revision "c8", and its folder in sysfs."""

    device: str
    revision: str
    folder: Path


def displays(root: Path, vendor: str) -> list[Display]:
    """The vendor's display devices and accelerators, by bus address. Ids are four hex digits, lower case."""
    folders = [folder for folder in listing(root / "sys/bus/pci/devices") if _hex(folder / "vendor") == vendor]
    wanted = [folder for folder in folders if read(folder / "class")[2:4] in ("03", "12")]
    return [Display(_hex(folder / "device"), _hex(folder / "revision"), folder) for folder in wanted]


def render_nodes(root: Path, vendor: str) -> list[str]:
    """Names of the vendor's nodes in `/dev/dri`: "renderD128"."""
    nodes = listing(root / "sys/class/drm", "renderD*")
    return [node.name for node in nodes if _hex(node / "device/vendor") == vendor]


def _hex(path: Path) -> str:
    return read(path).lower().removeprefix("0x")

"""Intel GPUs, by their ids on the PCI bus and among Windows' display adapters."""

from __future__ import annotations

from pathlib import Path

import pytest

from doctor.probes import Absent, _windows, intel
from tests.probes.trees import lay
from tests.surroundings import LINUX

BUS = "sys/bus/pci/devices"


def device(address: str, device: str, vendor: str = "0x8086", kind: str = "0x030000") -> dict[str, str]:
    folder = f"{BUS}/{address}"
    return {f"{folder}/vendor": f"{vendor}\n", f"{folder}/device": f"0x{device}\n", f"{folder}/class": f"{kind}\n"}


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("56a0", "Intel Arc A770"),
        ("56b1", "Intel Arc A-series Graphics"),
        ("e20b", "Intel Arc B580"),
        ("e212", "Intel Arc B-series Graphics"),
        ("0bd5", "Intel Data Center GPU Max 1550"),
        ("56c0", "Intel Data Center GPU Flex 170"),
        ("7d55", "Intel Arc Graphics (Meteor Lake)"),
        ("64a0", "Intel Arc Graphics (Lunar Lake)"),
        ("3e9b", ""),  # UHD Graphics 630
        ("9a49", ""),  # Iris Xe of Tiger Lake
        ("4680", ""),  # UHD Graphics 770
        ("4905", ""),  # Iris Xe MAX (DG1)
    ],
)
def test_names(number: str, name: str) -> None:
    assert intel.gpu_name(number) == name


@LINUX
def test_arc_beside_integrated_graphics(tmp_path: Path) -> None:
    files = {
        **device("0000:00:02.0", "4680"),
        **device("0000:03:00.0", "56A0"),
        **device("0000:00:1f.3", "7ad0", kind="0x040300"),
    }
    files |= {"sys/class/drm/renderD128/device/vendor": "0x8086\n", "dev/dri/renderD128": ""}
    files |= {"sys/class/drm/renderD129/device/vendor": "0x10de\n", "dev/dri/renderD129": ""}
    found = intel.linux({}, root=lay(tmp_path, files))
    assert found.gpus == ("Intel Arc A770",)
    assert found.level_zero is False
    assert [node.path for node in found.device_nodes] == ["/dev/dri/renderD128"]


@LINUX
def test_level_zero(tmp_path: Path) -> None:
    lay(tmp_path, {**device("0000:03:00.0", "e20b"), "usr/lib/libze_loader.so.1": ""})
    assert intel.linux({}, root=tmp_path).level_zero is True


@pytest.mark.parametrize("files", [{}, device("0000:00:02.0", "4680"), device("0000:03:00.0", "56a0", vendor="0x10de")])
def test_none(tmp_path: Path, files: dict[str, str]) -> None:
    with pytest.raises(Absent):
        intel.linux({}, root=lay(tmp_path, files))


def test_windows(tmp_path: Path) -> None:
    arc = _windows.Adapter("8086", "56a0", "Intel(R) Arc(TM) A770 Graphics")
    others = (
        _windows.Adapter("8086", "4680", "Intel(R) UHD Graphics 770"),
        _windows.Adapter("10de", "2684", "RTX 4090"),
    )
    assert intel.windows((arc, *others), tmp_path).gpus == ("Intel(R) Arc(TM) A770 Graphics",)
    with pytest.raises(Absent):
        intel.windows(others, tmp_path)

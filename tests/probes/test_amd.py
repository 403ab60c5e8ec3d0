"""AMD GPUs from the kernel's topology, from rocminfo, from the PCI bus and from Windows' display adapters."""

from __future__ import annotations

from pathlib import Path

import pytest

from doctor.probes import Absent, _windows, amd
from doctor.text import rocminfo
from tests.probes.test_intel import device
from tests.probes.trees import lay
from tests.surroundings import LINUX, SCRIPTS

NODES = "sys/class/kfd/kfd/topology/nodes"
CPU_NODE = "cpu_cores_count 16\nsimd_count 0\nmem_banks_count 1\ngfx_target_version 0\nvendor_id 0\ndevice_id 0\n"
GPU_NODE = (
    "cpu_cores_count 0\nsimd_count 192\nmem_banks_count 1\ngfx_target_version {gfx}\nvendor_id 4098\n"
    "device_id 29772\nlocation_id 768\ndomain 0\nunique_id 18446744073709551615\n"
)
IDS = "# List of AMDGPU IDs\n1.0.0\n744C,\tC8,\tAMD Radeon RX 7900 XTX\n744C,\tCC,\tAMD Radeon RX 7900 XT\n"


@pytest.mark.parametrize(
    ("version", "name"),
    [
        (110000, "gfx1100"),
        (110501, "gfx1151"),
        (120001, "gfx1201"),
        (100300, "gfx1030"),
        (90010, "gfx90a"),
        (90402, "gfx942"),
        (90500, "gfx950"),
        (90006, "gfx906"),
        (80003, "gfx803"),
        (101000, "gfx10100"),
        (0, None),
    ],
)
def test_gfx_name(version: int, name: str | None) -> None:
    assert amd.gfx_name(version) == (name if name != "gfx10100" else "gfx10a0")


def machine(root: Path, *nodes: str) -> Path:
    files = {f"{NODES}/{number}/properties": text for number, text in enumerate(nodes)}
    files |= device("0000:03:00.0", "744c", vendor="0x1002")
    files |= {"sys/bus/pci/devices/0000:03:00.0/revision": "0xc8\n", "usr/share/libdrm/amdgpu.ids": IDS}
    return lay(root, files)


def test_topology_holds_processors_too(tmp_path: Path) -> None:
    machine(tmp_path, CPU_NODE, CPU_NODE, GPU_NODE.format(gfx=110000))
    files = {"opt/rocm/.info/version": "6.2.0-66\n", "sys/module/amdgpu/x": "", "dev/kfd": "", "dev/dri/renderD128": ""}
    lay(tmp_path, {**files, "sys/class/drm/renderD128/device/vendor": "0x1002\n"})
    found = amd.linux({"HSA_OVERRIDE_GFX_VERSION": "11.0.0"}, tmp_path)
    assert [(gpu.name, gpu.gfx, gpu.index) for gpu in found.gpus] == [("AMD Radeon RX 7900 XTX", "gfx1100", 0)]
    assert (found.rocm_version, found.driver_loaded, found.override) == ("6.2.0-66", True, "11.0.0")
    assert [node.path for node in found.device_nodes] == ["/dev/kfd", "/dev/dri/renderD128"]


def test_more_than_nine_nodes_in_order(tmp_path: Path) -> None:
    nodes = [CPU_NODE, CPU_NODE, *[GPU_NODE.format(gfx=90402)] * 8, GPU_NODE.format(gfx=90010)]
    found = amd.linux({}, machine(tmp_path, *nodes))
    assert [gpu.gfx for gpu in found.gpus] == ["gfx942"] * 8 + ["gfx90a"]


@LINUX
def test_a_card_without_its_driver(tmp_path: Path) -> None:
    found = amd.linux({}, machine(tmp_path, CPU_NODE))
    assert [(gpu.name, gpu.gfx) for gpu in found.gpus] == [("AMD Radeon RX 7900 XTX", None)]
    assert (found.driver_loaded, found.rocm_version, found.device_nodes) == (False, "", ())


@LINUX
def test_an_unknown_card_keeps_its_id(tmp_path: Path) -> None:
    found = amd.linux({}, lay(tmp_path, device("0000:03:00.0", "abcd", vendor="0x1002")))
    assert found.gpus[0].name == "AMD GPU 1002:abcd"


def test_names_of_other_revisions() -> None:
    assert amd.parse_amdgpu_ids(IDS, "744c", "cc") == "AMD Radeon RX 7900 XT"
    assert amd.parse_amdgpu_ids(IDS, "744c", "01") == "AMD Radeon RX 7900 XTX"
    assert amd.parse_amdgpu_ids(IDS, "1234", "01") == ""


ROCMINFO = """ROCk module is loaded
=====================
HSA Agents
==========
*******
Agent 1
*******
  Name:                    AMD Ryzen 9 7950X 16-Core Processor
  Uuid:                    CPU-XX
  Marketing Name:          AMD Ryzen 9 7950X 16-Core Processor
  Device Type:             CPU
*******
Agent 2
*******
  Name:                    gfx1100
  Uuid:                    GPU-1d2c3b4a5f6e7d8c
  Marketing Name:          Radeon RX 7900 XTX
  Device Type:             GPU
  ISA Info:
    ISA 1
      Name:                    amdgcn-amd-amdhsa--gfx1100
*******
Agent 3
*******
  Name:                    gfx90a:sramecc+:xnack-
  Marketing Name:
  Vendor Name:             AMD
  Device Type:             GPU
*** Done ***
"""


def test_rocminfo() -> None:
    found = rocminfo.gpus_of(ROCMINFO)
    assert [(gpu.name, gpu.gfx, gpu.index) for gpu in found] == [
        ("Radeon RX 7900 XTX", "gfx1100", 0),
        ("AMD GPU", "gfx90a", 1),
    ]
    assert rocminfo.gpus_of("") == rocminfo.gpus_of("ROCk module is NOT loaded, possibly no GPU devices") == []


@SCRIPTS
def test_rocminfo_is_asked_where_the_kernel_has_no_topology(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {"rocm/.info/version": "6.2.0", "rocm/bin/rocminfo": f"#!/bin/sh\ncat <<'END'\n{ROCMINFO}END\n", "dev/dxg": ""},
    )
    (tmp_path / "rocm/bin/rocminfo").chmod(0o755)
    found = amd.linux({"ROCM_PATH": str(tmp_path / "rocm")}, tmp_path)
    assert [gpu.gfx for gpu in found.gpus] == ["gfx1100", "gfx90a"]


@pytest.mark.parametrize(
    "nodes", [(), (CPU_NODE,), ("garbage\nsimd_count x\n\0",), (GPU_NODE.format(gfx=1).replace("4098", "4318"),)]
)
def test_none(tmp_path: Path, nodes: tuple[str, ...]) -> None:
    lay(tmp_path, {f"{NODES}/{number}/properties": text for number, text in enumerate(nodes)})
    with pytest.raises(Absent):
        amd.linux({}, tmp_path)


def test_windows() -> None:
    adapters = (
        _windows.Adapter("1002", "744c", "AMD Radeon RX 7900 XTX"),
        _windows.Adapter("10de", "2684", "RTX 4090"),
    )
    assert [gpu.name for gpu in amd.windows(adapters, {}).gpus] == ["AMD Radeon RX 7900 XTX"]
    with pytest.raises(Absent):
        amd.windows(adapters[1:], {})

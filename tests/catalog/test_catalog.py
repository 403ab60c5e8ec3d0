"""The catalog's questions, and that every row says where it is from and when it was read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from doctor import catalog

FOLDER = Path(catalog.__file__).parent
FILES = sorted(FOLDER.glob("*.json"))


def rows_of(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [row for item in value for row in rows_of(item)]
    if isinstance(value, dict):
        mine = [value] if "source" in value else []
        return mine + [row for item in value.values() for row in rows_of(item)]
    return []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_row_has_a_dated_source(file: Path) -> None:
    data = json.loads(file.read_text())
    sources = data.pop("sources")
    rows = rows_of(data)
    assert rows
    for row in rows:
        assert row["confidence"] in ("confirmed", "inferred")
        for key in row["source"].split(", "):
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", sources[key]["date"]) and sources[key]["text"]
    tables = [table for table in data.values() if isinstance(table, list)]
    assert all("source" in row for table in tables for row in table)


@pytest.mark.parametrize(
    ("capability", "sm", "cuda", "expected"),
    [
        ("8.9", ("8.0", "8.6"), "", True),
        ("8.0", ("8.6",), "", False),
        ("9.0", ("8.0", "8.9"), "13.2", False),
        ("6.1", ("6.0",), "", True),
        ("5.3", ("5.0", "5.2"), "", False),
        ("5.3", ("5.3",), "", True),
        ("6.2", ("6.0", "6.1"), "", False),
        ("7.2", ("7.0",), "13.0", False),
        ("7.2", ("7.0",), "13.2", True),
        ("8.7", ("8.0", "8.6"), "12.6", False),
        ("8.7", ("8.0",), "13.2", True),
        ("10.1", ("10.0",), "13.2", False),
        ("11.0", ("10.1",), "", True),
        ("10.3", ("10.0",), "", True),
        ("12.1", ("12.0",), "", True),
        ("8.9", (), "", False),
    ],
)
def test_the_rule_of_torch(capability: str, sm: tuple[str, ...], cuda: str, expected: bool) -> None:
    assert catalog.runs_on(capability, sm, ("9.0",), cuda=cuda) is expected


@pytest.mark.parametrize(
    ("name", "capability"),
    [
        ("NVIDIA GeForce RTX 4090", "8.9"),
        ("RTX 4090", "8.9"),
        ("rtx4090", "8.9"),
        ("4090", "8.9"),
        ("GTX1080Ti", "6.1"),
        ("NVIDIA GeForce RTX 3060 Laptop GPU", "8.6"),
        ("Tesla V100-SXM2-16GB", "7.0"),
        ("A100-SXM4-80GB", "8.0"),
        ("NVIDIA A100-SXM4-40GB MIG 1g.5gb", "8.0"),
        ("NVIDIA H100 80GB HBM3", "9.0"),
        ("Quadro P4000", "6.1"),
        ("NVIDIA TITAN X (Pascal)", "6.1"),
        ("GeForce GTX TITAN X", "5.2"),
        ("GeForce GTX 1060 with Max-Q Design", "6.1"),
        ("NVIDIA RTX A6000", "8.6"),
        ("NVIDIA RTX 6000 Ada Generation", "8.9"),
        ("Quadro RTX 6000", "7.5"),
        ("NVIDIA RTX PRO 6000 Blackwell", "12.0"),
        ("GRID V100D-8Q", "7.0"),
        ("NVIDIA A40-48Q", "8.6"),
        ("Orin", "8.7"),
        ("Orin (nvgpu)", "8.7"),
        ("Jetson AGX Orin Developer Kit", "8.7"),
        ("NVIDIA Thor", "11.0"),
        ("NVIDIA GB10", "12.1"),
        ("10de:2684", "8.9"),
        ("0x1b80", "6.1"),
    ],
)
def test_names_of_nvidia_gpus(name: str, capability: str) -> None:
    row = catalog.gpu(name)
    assert row and row.capability == capability


@pytest.mark.parametrize("name", ["", "banana", "GeForce", "RTX", "RTX 9090", "NVIDIA Graphics Device", "10de:ffff"])
def test_names_that_are_not_known(name: str) -> None:
    assert catalog.gpu(name) is None


def test_every_model_is_found_by_its_own_name_and_ids() -> None:
    for row in catalog.gpus().nvidia:
        assert catalog.gpu(f"NVIDIA {row.model}") == row
        assert all(catalog.gpu(f"10de:{device}") for device in row.pci_ids)


@pytest.mark.parametrize(
    ("name", "gfx"),
    [
        ("AMD Radeon RX 7900 XTX", "gfx1100"),
        ("RX 7900XT", "gfx1100"),
        ("Navi 31 [Radeon RX 7900 XT/7900 XTX/7900 GRE/7900M]", "gfx1100"),
        ("AMD Instinct MI300X", "gfx942"),
        ("gfx90a:sramecc+:xnack-", "gfx90a"),
        ("Radeon Graphics", None),
        ("RX 7600 XT", "gfx1102"),
        ("Radeon RX 6800M", "gfx1031"),
        ("RX 5500XT", "gfx1012"),
        ("Radeon Pro 5600M", "gfx1011"),
        ("RX 7650 XT", None),
    ],
)
def test_names_of_amd_gpus(name: str, gfx: str | None) -> None:
    assert catalog.amd_gfx(name) == gfx


@pytest.mark.parametrize(
    ("driver", "os", "cuda"),
    [
        ("550.54.14", "linux", "12.4"),
        ("552.22", "windows", "12.4"),
        ("566.36", "windows", "12.7"),
        ("538.78", "windows", "12.2"),
        ("580.65.06", "linux", "13.0"),
        ("999.1", "linux", "13.4"),
        ("340.108", "linux", None),
        ("", "linux", None),
    ],
)
def test_what_a_driver_carries(driver: str, os: str, cuda: str | None) -> None:
    assert catalog.driver_cuda(driver, os) == cuda


@pytest.mark.parametrize(
    ("cuda", "os", "driver"),
    [
        ("cu118", "linux", "450.80.02"),
        ("11.8", "windows", "452.39"),
        ("cu126", "linux", "525.60.13"),
        ("12.7", "windows", "528.33"),
        ("cu130", "linux", "580"),
        ("13.9", "linux", "580"),
        ("cu92", "linux", "396.26"),
    ],
)
def test_driver_floors(cuda: str, os: str, driver: str) -> None:
    assert catalog.minimum_driver(cuda, os) == driver


def test_releases_and_their_companions() -> None:
    assert catalog.companion("2.7.1+cu126") == ("0.22.1", "2.7.1")
    assert catalog.companion("9.9.9") == (None, None)
    assert catalog.torch_for_torchvision("0.29.1") == ("2.15.0", "2.14.1", "2.14.0")
    release = catalog.release("2.15.0")
    assert release and release.pypi_build("linux-x86_64") == "cu132" and release.pypi_build("windows-x86_64") == "cpu"
    assert catalog.all_releases()[0] == release


def test_every_cuda_build_has_its_arch_list_and_the_other_way_round() -> None:
    built = {
        (release.torch, build.build, platform)
        for release in catalog.all_releases()
        for build in release.builds
        for platform in build.platforms
        if build.build.startswith("cu")
    }
    assert built == {(row.torch, row.build, row.platform) for row in catalog.arch_lists().cuda}


def test_the_last_torch_of_old_gpus() -> None:
    assert [newest("3.7"), newest("6.1"), newest("7.0")] == ["2.7.1+cu118", "2.14.1+cu126", "2.14.1+cu126"]
    assert catalog.newest_torch("8.7", "linux-x86_64") is None
    assert catalog.newest_torch("3.0", "linux-x86_64") is None


def newest(capability: str) -> str:
    row = catalog.newest_torch(capability, "linux-x86_64")
    assert row
    return f"{row.torch}+{row.build}"

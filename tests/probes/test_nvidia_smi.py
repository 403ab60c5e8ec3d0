"""nvidia-smi as text, and asked where `pynvml` finds no library to load."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from doctor.probes import nvidia
from doctor.probes.nvidia import _libraries, smi
from doctor.target import Target
from tests.surroundings import SCRIPTS

# driver 550, with the header line that --format=csv writes
CSV_550 = """\
index, name, driver_version, memory.total [MiB], memory.free [MiB], compute_cap, pci.device_id, pcie.link.gen.current, \
pcie.link.gen.max, pcie.link.width.current, pcie.link.width.max, mig.mode.current, ecc.mode.current, \
ecc.errors.uncorrected.volatile.total, temperature.gpu, compute_mode, persistence_mode
0, NVIDIA GeForce RTX 4090, 550.54.14, 24564 MiB, 23000 MiB, 8.9, 0x268410DE, 1, 4, 16, 16, [N/A], [N/A], [N/A], 41, \
Default, Disabled
1, NVIDIA A100-SXM4-40GB, 550.54.14, 40960 MiB, 40000 MiB, 8.0, 0x20B010DE, 4, 4, 16, 16, Enabled, Enabled, 0, 33, \
Exclusive_Process, Disabled
"""
LIST = """\
GPU 0: NVIDIA GeForce RTX 4090 (UUID: GPU-00000000-1111-2222-3333-444444444444)
GPU 1: NVIDIA A100-SXM4-40GB (UUID: GPU-00000000-1111-2222-3333-555555555555)
  MIG 3g.20gb     Device  0: (UUID: MIG-00000000-1111-2222-3333-666666666666)
  MIG 1g.5gb      Device  1: (UUID: MIG-00000000-1111-2222-3333-777777777777)
"""
HEADER = "| NVIDIA-SMI 550.54.14     Driver Version: 550.54.14     CUDA Version: 12.4  |"
FAILED = (
    "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA "
    "driver is installed and running.\n"
)
# a stand-in that knows the fields of an older version, refuses others one by one, and answers as the text says
PROGRAM = """#!/bin/sh
case "$1" in
--query-gpu=*compute_cap*) echo 'Field "compute_cap" is not a valid field to query.'; exit 2 ;;
--query-gpu=*mig.mode*) echo 'Field "mig.mode.current" is not a valid field to query.'; exit 2 ;;
--query-gpu=*) cat "{folder}/csv"; exit {code} ;;
-L) cat "{folder}/list" ;;
*) cat "{folder}/header" ;;
esac
"""


def test_csv_with_its_header() -> None:
    told = smi.parse_csv(CSV_550)
    first, second = told.gpus
    assert (told.driver_version, told.message) == ("550.54.14", "")
    assert (first.name, first.compute_capability, first.pci_id) == ("NVIDIA GeForce RTX 4090", "8.9", "10de:2684")
    assert (first.memory_bytes, first.memory_free_bytes) == (24564 * 1024**2, 23000 * 1024**2)
    assert (first.mig, first.ecc, first.ecc_errors) == (None, None, None)
    assert (first.pcie_generation, first.pcie_generation_max, first.temperature_celsius) == (1, 4, 41)
    assert (second.index, second.mig, second.ecc, second.ecc_errors) == (1, True, True, 0)
    assert second.compute_mode == "Exclusive_Process"


@pytest.mark.parametrize("text", ["", "No devices were found\n", FAILED])
def test_text_that_is_no_table_is_the_message(text: str) -> None:
    told = smi.parse_csv(text)
    assert told.gpus == () and told.message == text.strip()


def test_a_row_that_is_cut_off() -> None:
    told = smi.parse_csv("name, driver_version, memory.total [MiB]\nTesla T4, 470.82.01\n")
    assert [(g.name, g.memory_bytes) for g in told.gpus] == [("Tesla T4", None)]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "csv").write_text(CSV_550)
    (folder / "list").write_text(LIST)
    (folder / "header").write_text(HEADER)
    (folder / "nvidia-smi").write_text(PROGRAM.format(folder=folder, code=0))
    (folder / "nvidia-smi").chmod(0o755)
    return folder


def look(folder: Path, root: Path) -> nvidia.Nvidia:
    return nvidia.probe(Target(sys.executable, env={"PATH": f"{folder}:/usr/bin:/bin"}), root)


@SCRIPTS
def test_it_is_asked_again_without_the_fields_it_does_not_know(program: Path, tmp_path: Path) -> None:
    facts = look(program, tmp_path)
    assert (facts.gpus_source, facts.driver_version, facts.cuda_version) == ("nvidia-smi", "550.54.14", "12.4")
    assert facts.gpus is not None and [g.mig_instances for g in facts.gpus] == [(), ("3g.20gb", "1g.5gb")]
    assert facts.module_version is None, "a driver that answers is loaded, wherever its files are"


@SCRIPTS
def test_its_failure_is_told(program: Path, tmp_path: Path) -> None:
    (program / "csv").write_text(FAILED)
    (program / "nvidia-smi").write_text(PROGRAM.format(folder=program, code=9))
    facts = look(program, tmp_path)
    assert facts.gpus in (None, ()) and "couldn't communicate" in facts.nvml_message


@pytest.mark.parametrize("folder", ["Windows/System32", "Program Files/NVIDIA Corporation/NVSMI"])
def test_where_drivers_for_windows_put_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir(parents=True)
    for name in ("nvidia-smi.exe", "nvml.dll"):
        (tmp_path / folder / name).touch()
    env = {"PATH": str(tmp_path), "WINDIR": f"{tmp_path}/Windows", "PROGRAMFILES": f"{tmp_path}/Program Files"}
    monkeypatch.setattr(sys, "platform", "win32")
    assert smi.find(env) == str(tmp_path / folder / "nvidia-smi.exe")
    assert _libraries.find(_libraries.NVML, env) == str(tmp_path / folder / "nvml.dll")

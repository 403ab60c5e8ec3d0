"""libcuda beside NVML: its own errors, and the GPUs it lists where NVML cannot."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from doctor.probes import nvidia
from doctor.target import Target
from tests.nvml_simulator import kinds
from tests.nvml_simulator.fixtures import Probe, Scenario
from tests.nvml_simulator.kinds import gpu, machine


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (100, "CUDA_ERROR_NO_DEVICE (100)"),
        (802, "CUDA_ERROR_SYSTEM_NOT_READY (802)"),
        (803, "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH (803)"),
        (804, "CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE (804)"),
        (999, "CUDA_ERROR_UNKNOWN (999)"),
        (46, "CUDA_ERROR_DEVICE_UNAVAILABLE (46)"),
        (12345, "CUDA error (12345)"),
    ],
)
def test_libcuda_that_does_not_start(nvidia_probe: Probe, code: int, error: str) -> None:
    facts = nvidia_probe(machine("550.54.14", "12.4", [gpu(kinds.RTX_4090)], f"cuinit {code}\n"))
    assert facts.libcuda_error == error
    assert facts.driver_version == "550.54.14" and facts.gpus


def test_libcuda_that_crashes_does_not_take_nvml_along(nvidia_probe: Probe) -> None:
    facts = nvidia_probe(machine("550.54.14", "12.4", [gpu(kinds.RTX_4090)], "cuinit segv\n"))
    assert "SIGSEGV" in facts.libcuda_error and "cuInit" in facts.libcuda_error
    assert facts.gpus_source == "nvml" and facts.nvml_message == ""


def test_libcuda_lists_the_gpus_that_nvml_cannot(nvidia_probe: Probe) -> None:
    facts = nvidia_probe(machine("540.4.0", "12.6", [gpu(kinds.RTX_3060), gpu(kinds.GTX_1080)], "no libnvidia-ml\n"))
    assert facts.gpus is not None and facts.gpus_source == "libcuda"
    assert [(g.name, g.compute_capability) for g in facts.gpus] == [kinds.RTX_3060[:2], kinds.GTX_1080[:2]]
    assert facts.gpus[0].memory_bytes == kinds.RTX_3060[2]
    assert (facts.driver_version, facts.module_version) == (None, None), "a driver runs, whatever its version"


@pytest.mark.parametrize("how", ["segv", "abort"])
def test_a_crash_in_nvml_leaves_what_libcuda_said(nvidia_probe: Probe, how: str) -> None:
    facts = nvidia_probe(machine("550.54.14", "12.4", [gpu(kinds.RTX_4090)], f"init {how}\n"))
    assert facts.gpus is not None and (facts.gpus_source, facts.cuda_version) == ("libcuda", "12.4")
    assert "nvmlInit" in facts.nvml_message and facts.nvml_error == ""


def test_no_libcuda_is_what_nvidia_smi_shows_as_not_available(nvidia_probe: Probe) -> None:
    facts = nvidia_probe(machine("550.54.14", "12.4", [gpu(kinds.RTX_4090)], "no libcuda\n"))
    assert (facts.driver_version, facts.cuda_version, facts.libcuda) == ("550.54.14", "", "")
    assert "cannot open shared object file" in facts.libcuda_error


def test_libcuda_of_another_version_than_the_driver(nvidia_probe: Probe) -> None:
    facts = nvidia_probe(machine("535.54.03", "12.4", [gpu(kinds.RTX_4090)], "libcuda 550.54.14\ncuinit 804\n"))
    assert (facts.driver_version, facts.libcuda_version) == ("535.54.03", "550.54.14")


def test_cuda_visible_devices_does_not_change_what_is_seen(nvml_scenario: Scenario, tmp_path: Path) -> None:
    env = nvml_scenario(machine("550.54.14", "12.4", [gpu(kinds.RTX_4090)]))
    hidden = Target(sys.executable, env={**env, "CUDA_VISIBLE_DEVICES": "", "PYTHONHOME": "/nonexistent"})
    facts = nvidia.probe(hidden, tmp_path)
    assert facts.libcuda_error == "" and facts.gpus

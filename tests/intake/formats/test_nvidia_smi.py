from __future__ import annotations

import pytest

from doctor.intake.formats import nvidia_smi
from doctor.intake.gpus import MIB
from tests.intake import samples


def read(text: str):
    return nvidia_smi.read(text.splitlines())[0]["nvidia"]


def test_table():
    facts = read(samples.SMI)
    assert (facts.driver_version, facts.cuda_version) == ("555.58.02", "12.5")
    first, second = facts.gpus
    assert first.name == "NVIDIA A100-SXM4-40GB"
    assert (first.memory_bytes, first.memory_free_bytes) == (40960 * MIB, (40960 - 1024) * MIB)
    assert (first.mig, second.mig) == (True, False)
    assert (first.compute_mode, second.compute_mode) == ("Exclusive_Process", "Default")
    assert first.temperature_celsius == 26


def test_labels_of_release_610_and_a_name_that_was_cut():
    facts = read(samples.SMI_610)
    assert (facts.driver_version, facts.cuda_version) == ("610.43.02", "13.3")
    assert facts.gpus[0].name == "NVIDIA GeForce RTX 3080"


def test_table_of_2014_has_no_cuda():
    facts = read(samples.SMI_2014)
    assert (facts.driver_version, facts.cuda_version) == ("331.62", None)
    assert facts.gpus[0].name == "GeForce GTX 680"


def test_windows_table():
    assert read(samples.SMI_WINDOWS).gpus[0].name == "NVIDIA GeForce RTX 5070 Ti"


def test_cuda_version_that_the_driver_cannot_tell():
    assert read("| NVIDIA-SMI 470.1.1  Driver Version: 470.1.1   CUDA Version: N/A |").cuda_version == ""


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.",
            "NVML_ERROR_DRIVER_NOT_LOADED",
        ),
        ("Failed to initialize NVML: Driver/library version mismatch", "NVML_ERROR_LIB_RM_VERSION_MISMATCH"),
        ("Failed to initialize NVML: Unknown Error", "NVML_ERROR_UNKNOWN"),
        ("Failed to initialize NVML: Insufficient Permissions", "NVML_ERROR_NO_PERMISSION"),
        ("Unable to determine the device handle for GPU 0000:01:00.0: GPU is lost.", "NVML_ERROR_GPU_IS_LOST"),
        ("NVIDIA-SMI couldn't find libnvidia-ml.so library in your system.", "NVML_ERROR_LIBRARY_NOT_FOUND"),
    ],
)
def test_what_it_prints_in_place_of_a_table(text: str, error: str):
    facts = read(text)
    assert facts.nvml_error == error
    assert facts.nvml_message in text
    assert facts.gpus is None


def test_version_of_the_library_beside_a_mismatch():
    facts = read("Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 550.144")
    assert facts.nvml_version == "550.144"


def test_no_devices():
    assert read("No devices were found").gpus == ()

from __future__ import annotations

from doctor.intake.formats import nvidia_smi_query
from doctor.intake.gpus import MIB
from tests.intake import samples


def read(text: str):
    return nvidia_smi_query.read(text.splitlines())


def test_query():
    facts, used = read(samples.QUERY)
    nvidia = facts["nvidia"]
    assert (nvidia.driver_version, nvidia.cuda_version) == ("450.66", "11.0")
    gpu = nvidia.gpus[0]
    assert (gpu.name, gpu.memory_bytes, gpu.memory_free_bytes) == ("GeForce GTX 780", 3018 * MIB, 3000 * MIB)
    assert (gpu.pcie_generation, gpu.pcie_generation_max, gpu.pcie_width, gpu.pcie_width_max) == (1, 3, 4, 16)
    assert gpu.mig is None
    assert gpu.throttle_reasons == ("sw thermal slowdown",)
    assert gpu.temperature_celsius == 42
    assert len(used) == len(samples.QUERY.splitlines())


def test_labels_that_are_going_away():
    text = (
        "==============NVSMI LOG==============\n"
        "Driver Version   : [Deprecated; use KMD Version]\n"
        "KMD Version      : 610.43.02\n"
        "CUDA UMD Version : 13.3\n"
        ""
    )
    nvidia = read(text)[0]["nvidia"]
    assert (nvidia.driver_version, nvidia.cuda_version) == ("610.43.02", "13.3")


def test_prose_after_it_is_left_alone():
    lines = [*samples.QUERY.splitlines(), "I tried to reinstall", "everything: twice"]
    _, used = nvidia_smi_query.read(lines)
    assert len(lines) - 1 not in used


def test_not_a_query():
    assert read("Driver Version : 450.66") == ({}, set())

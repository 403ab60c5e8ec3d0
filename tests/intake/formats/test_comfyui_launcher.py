from __future__ import annotations

from doctor import intake
from doctor.intake.formats import comfyui_launcher
from tests.intake.formats.sample_files import all_samples

SAMPLES = {sample.name: sample.text for sample in all_samples() if sample.form == "comfyui_launcher"}


def test_the_number_behind_a_gpu_is_its_capability():
    nvidia = intake.read(SAMPLES["nvidia"]).nvidia.value
    assert nvidia is not None and nvidia.gpus
    assert [gpu.compute_capability for gpu in nvidia.gpus] == ["12.0"]
    assert nvidia.gpus[0].memory_bytes is None


def test_the_version_of_hip_is_no_driver():
    facts = intake.read(SAMPLES["with_amd"])
    assert facts.nvidia.value is not None and facts.amd.value is not None
    assert facts.nvidia.value.driver_version == "566.03"
    assert facts.amd.value.gpus[0].gfx == "gfx1103"


def test_lines_of_others_are_left_alone():
    assert comfyui_launcher.read(["CPU: 20 cores", "OS: Microsoft Windows NT 10.0.22631.0"]) == ({}, set())

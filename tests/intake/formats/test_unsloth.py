from __future__ import annotations

from doctor import intake
from doctor.intake.formats import unsloth
from tests.intake.formats.sample_files import all_samples

SAMPLES = {sample.name: sample.text for sample in all_samples() if sample.form == "unsloth"}


def test_cuda_is_the_capability_of_the_gpu():
    nvidia = intake.read(SAMPLES["windows_2025"]).nvidia.value
    assert nvidia is not None and nvidia.gpus
    assert [gpu.compute_capability for gpu in nvidia.gpus] == ["8.9", "8.9"]


def test_a_banner_for_each_model_is_one_machine():
    nvidia = intake.read(SAMPLES["release_2024_11"] * 3).nvidia.value
    assert nvidia is not None
    assert len(nvidia.gpus or ()) == 1


def test_lines_of_others_are_left_alone():
    assert unsloth.read(["O^O/ \\_/ \\    Torch: 2.5.1. CUDA: 8.9. CUDA Toolkit: 12.1."]) == ({}, set())

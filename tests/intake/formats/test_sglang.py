from __future__ import annotations

from doctor import intake
from doctor.intake.formats import sglang
from tests.intake.formats.sample_files import all_samples

SAMPLES = {sample.name: sample.text for sample in all_samples() if sample.form == "sglang"}


def test_gpus_of_two_kinds_keep_their_order_and_capability():
    lines = [
        "GPU 0,2: NVIDIA A100-SXM4-40GB",
        "GPU 1: NVIDIA L4",
        "GPU 0,2 Compute Capability: 8.0",
        "GPU 1 Compute Capability: 8.9",
        "sglang: 0.5.2",
    ]
    facts, used = sglang.read(lines)
    assert [gpu.compute_capability for gpu in facts["nvidia"].gpus] == ["8.0", "8.9", "8.0"]
    assert used == set(range(5))


def test_what_is_said_of_rocm_is_said_of_a_build_for_it():
    runtime = intake.read(SAMPLES["mi300x"]).runtime.value
    assert runtime is not None
    assert runtime.hip is True


def test_lines_behind_a_gap_are_no_modules():
    facts, _ = sglang.read(["sglang: 0.5.2", "", "ubuntu: 22.04"])
    assert [package.name for package in facts["packages"].installed] == ["sglang"]


def test_lines_of_others_are_left_alone():
    assert sglang.read(["Python: 3.12.8", "CUDA available: True", "numpy: 1.26.4"]) == ({}, set())


def test_that_it_does_not_find_nvcc_is_its_own_answer():
    lines = ["/bin/sh: 1: /usr/local/cuda-12.6/bin/nvcc: not found", "NVCC: Not Available", "sglang: 0.5.2"]
    assert sglang.read(lines)[1] == {0, 1, 2}

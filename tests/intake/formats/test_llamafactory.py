from __future__ import annotations

from doctor.intake.formats import llamafactory

HEAD = "- `llamafactory` version: 0.9.2"


def test_an_npu_does_not_make_cuda_available():
    facts, _ = llamafactory.read([HEAD, "- PyTorch version: 2.4.0 (NPU)", "- NPU type: Ascend910B2"])
    assert facts["runtime"].cuda_available is False


def test_the_number_of_gpus_and_their_memory():
    facts, _ = llamafactory.read([HEAD, "- GPU type: NVIDIA L20", "- GPU number: 2", "- GPU memory: 44.53GB"])
    assert [gpu.index for gpu in facts["nvidia"].gpus] == [0, 1]
    assert facts["nvidia"].gpus[0].memory_bytes == int(44.53 * 1024**3)


def test_lines_of_others_are_left_alone():
    assert llamafactory.read(["- PyTorch version: 2.4.0", "- GPU type: NVIDIA L20"]) == ({}, set())

from __future__ import annotations

import pytest

from doctor.intake import gpus

GIB = 1024**3


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("GPU 0: NVIDIA A100-SXM4-40GB\nGPU 1: NVIDIA A100-SXM4-40GB", ["NVIDIA A100-SXM4-40GB"] * 2),
        ("2x RTX 5090 (32 GB each)", ["RTX 5090"] * 2),
        ("eight 3090 gpus", ["GeForce RTX 3090"] * 8),
        ("Tesla V100 x 4", ["Tesla V100"] * 4),
        ("GP107 [GeForce GTX 1050 Ti]", ["GeForce GTX 1050 Ti"]),
        ("NVIDIA GP102 GeForce GTX 1080 Ti", ["NVIDIA GeForce GTX 1080 Ti"]),
        ("RTX 4090, RTX 3060", ["RTX 4090", "RTX 3060"]),
        ("GPU 0: NVIDIA H100 (UUID: GPU-12345)", ["NVIDIA H100"]),
        ("NVIDIA GeForce RTX 3090 with 24G", ["NVIDIA GeForce RTX 3090"]),
        ("GeForce GTX 1650 with Max-Q Design", ["GeForce GTX 1650 with Max-Q Design"]),
        ("NVIDIA GeForce RTX 4080 Laptop GPU", ["NVIDIA GeForce RTX 4080 Laptop GPU"]),
        ("A5000", ["A5000"]),
        ("none", []),
        ("my computer", []),
    ],
)
def test_names_and_counts(text: str, names: list[str]):
    assert [gpu.name for gpu in gpus.parse(text).nvidia] == names


def test_capability_and_memory():
    gpu = gpus.parse("NVIDIA GeForce RTX 5090 (SM_120), 32 GB").nvidia[0]
    assert (gpu.compute_capability, gpu.memory_bytes) == ("12.0", 32 * GIB)


def test_other_makers():
    assert gpus.parse("AMD Radeon RX 7900 XTX (gfx1100)").amd[0].gfx == "gfx1100"
    assert gpus.parse("Radeon 5700XT").amd[0].name == "Radeon 5700XT"
    assert gpus.parse("Intel Arc B580").intel == ("Intel Arc B580",)
    assert gpus.parse("Apple M2 Pro").apple == "Apple M2 Pro"
    assert gpus.parse("Jetson Orin").jetson == "Jetson Orin"


def test_an_absurd_count_is_no_count():
    assert len(gpus.parse("99x RTX 4090").nvidia) == 1


def test_the_makers_name_misspelt_or_closed_up():
    for words in ("nvida1080", "nvida 1080", "nvidia1080"):
        assert [gpu.name for gpu in gpus.parse(words).nvidia] == ["NVIDIA 1080"]

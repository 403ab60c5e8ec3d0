"""torch.__config__.show()"""

from __future__ import annotations

from doctor.intake.formats import torch_config

LINES = [
    "PyTorch built with:",
    "  - GCC 9.3",
    "  - CUDA Runtime 11.8",
    "  - NVCC architecture flags: -gencode;arch=compute_70,code=sm_70;-gencode;arch=compute_86,code=sm_86",
    "  - CuDNN 8.7",
]


def test_the_flags_tell_the_code_of_the_build() -> None:
    facts, used = torch_config.read(LINES)
    assert facts["runtime"].arch_list == ("sm_70", "sm_86")
    assert used == set(range(5))


def test_flags_on_the_last_line_may_have_been_cut() -> None:
    facts, _ = torch_config.read(LINES[:4])
    assert "runtime" not in facts or facts["runtime"].arch_list is None

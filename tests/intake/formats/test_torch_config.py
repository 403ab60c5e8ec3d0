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


def test_a_build_without_cuda_says_so() -> None:
    settings = "  - Build settings: BUILD_TYPE=Release, TORCH_VERSION=1.12.1, USE_CUDA=OFF, USE_MKL=ON, "
    torch = torch_config.read([*LINES[:2], settings])[0]["torch"]
    assert (torch.build, torch.cuda_version) == ("cpu", "")
    unversioned = torch_config.read([*LINES[:2], settings.replace("TORCH_VERSION=1.12.1, ", "")])[0]["torch"]
    assert (unversioned.version, unversioned.build) == (None, "cpu")


def test_a_build_for_amd_or_intel_has_no_cuda_either() -> None:
    for other in ("USE_ROCM=ON", "USE_XPU=1"):
        facts, _ = torch_config.read([*LINES[:2], f"  - Build settings: USE_CUDA=0, USE_NCCL=1, {other}, "])
        assert "torch" not in facts

"""toolkit-too-old-for-gpu-arch."""

from doctor.facts import Gpu, Nvidia, Toolkits, Torch
from doctor.model import Severity, absent
from tests.rules.judging import finding, is_cleared, is_open, points_to

RULE = "toolkit-too-old-for-gpu-arch"
AMPERE = Nvidia(gpus=(Gpu("NVIDIA GeForce RTX 3090"),))


def test_an_old_compiler_is_worth_knowing_and_more_for_a_source_build():
    found = finding(RULE, toolkits=Toolkits(nvcc_version="11.0.221"), nvidia=AMPERE)
    assert found is not None
    assert found.severity is Severity.INFO
    assert "11.1" in found.message
    built = finding(RULE, toolkits=Toolkits(nvcc_version="11.0"), nvidia=AMPERE, torch=Torch(source_build=True))
    assert built is not None
    assert built.severity is Severity.WARNING


def test_quiet_on_a_newer_one_none_and_an_unknown_gpu():
    assert finding(RULE, toolkits=Toolkits(nvcc_version="11.1"), nvidia=AMPERE) is None
    assert finding(RULE, toolkits=Toolkits(nvcc_version=""), nvidia=AMPERE) is None
    assert finding(RULE, toolkits=Toolkits(nvcc_version="9.0"), nvidia=Nvidia(gpus=(Gpu("Device 66a1"),))) is None


def test_another_compiler_than_the_one_on_the_path_may_be_used():
    assert is_open(RULE, toolkits=Toolkits(nvcc_version="12.8"), nvidia=AMPERE)
    assert is_open(RULE, toolkits=Toolkits(), nvidia=AMPERE)
    assert is_cleared(RULE, toolkits=Toolkits(nvcc_version="11.0"), nvidia=absent("no NVIDIA GPU"))


def test_the_toolkit_that_knows_the_gpu_is_named():
    found = finding(RULE, toolkits=Toolkits(nvcc_version="11.0"), nvidia=AMPERE)
    assert found is not None
    assert found.remedies[0].title.startswith("Install CUDA toolkit 11.1 or later: https://")


def test_texts():
    assert points_to(RULE, "nvcc fatal   : Unsupported gpu architecture 'compute_86'")
    assert points_to(RULE, "Cannot build it: nvcc fatal : Unsupported gpu architecture 'compute_89")
    assert points_to(RULE, "ptxas fatal   : Value 'sm_121a' is not defined for option 'gpu-name'")
    run = "Command '['/venv/triton/bin/ptxas', '--gpu-name={}', '/tmp/a.ptx']' returned non-zero exit status {}."
    assert points_to(RULE, run.format("sm_120", 255))
    assert points_to(RULE, run.format("sm_110a", 255))
    assert not points_to(RULE, run.format("sm_75", 255))  # known for years: something else failed
    assert not points_to(RULE, run.format("sm_120", 1))
    assert not points_to(RULE, "nvcc warning : The 'compute_35' architectures are deprecated")

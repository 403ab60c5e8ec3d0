"""cuda-runtime-lib-missing."""

from doctor.facts import Packages, Runtime, Torch, Unmet
from tests.rules.judging import commands, finding, points_to

RULE = "cuda-runtime-lib-missing"
CUDA = Torch(version="2.7.1+cu126", cuda_version="12.6")
MISSING = Packages(unmet=(Unmet("torch", "nvidia-cublas-cu12==12.6.4.1; platform_system == 'Linux'", ""),))


def test_fires_on_a_missing_wheel():
    assert commands(finding(RULE, torch=CUDA, packages=MISSING))[0][-1] == "nvidia-cublas-cu12==12.6.4.1"


def test_quiet_when_torch_works_another_version_is_there_or_it_is_a_cpu_build():
    assert finding(RULE, torch=CUDA, packages=MISSING, runtime=Runtime(imported=True)) is None
    other = Packages(unmet=(Unmet("torch", "nvidia-cublas-cu12==12.6.4.1", "12.8.0"),))
    assert finding(RULE, torch=CUDA, packages=other) is None
    assert finding(RULE, torch=Torch(version="2.7.1+cpu", cuda_version=""), packages=MISSING) is None


def test_texts():
    line = "OSError: libcublas.so.11: cannot open shared object file: No such file or directory"
    assert points_to(RULE, line)
    line = "ImportError: libcudart.so.12: cannot open shared object file: No such file or directory"
    assert points_to(RULE, line)
    line = "ImportError: libcuda.so.1: cannot open shared object file: No such file or directory"
    assert not points_to(RULE, line)
    assert not points_to(
        RULE, "ImportError: libtorch_cuda.so: cannot open shared object file: No such file or directory"
    )

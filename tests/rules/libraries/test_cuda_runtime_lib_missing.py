"""cuda-runtime-lib-missing."""

from doctor.diagnose import remedies_of
from doctor.facts import Host, Packages, Runtime, Torch, Unmet
from doctor.rules import load
from tests.rules.judging import commands, facts_of, finding, is_cleared, is_open, points_to

RULE = "cuda-runtime-lib-missing"
CUDA = Torch(version="2.7.1+cu126", cuda_version="12.6")
MISSING = Packages(unmet=(Unmet("torch", "nvidia-cublas-cu12==12.6.4.1; platform_system == 'Linux'", ""),))


def test_fires_on_a_missing_wheel():
    (install,) = commands(finding(RULE, torch=CUDA, packages=MISSING))
    assert install == ("python", "-m", "pip", "install", "nvidia-cublas-cu12==12.6.4.1")


def test_open_where_another_package_may_ask_for_a_library():
    assert is_open(RULE, torch=CUDA, packages=MISSING, runtime=Runtime(imported=True))
    other = Packages(unmet=(Unmet("torch", "nvidia-cublas-cu12==12.6.4.1", "12.8.0"),))
    assert is_open(RULE, torch=CUDA, packages=other)
    assert is_open(RULE, torch=Torch(version="2.7.1+cpu", cuda_version=""), packages=MISSING)


def test_cleared_on_a_mac():
    assert is_cleared(RULE, torch=CUDA, packages=MISSING, host=Host(os="macos"))


def test_a_whole_torch_is_not_installed_anew_for_the_library_of_another_package():
    found = remedies_of(load(RULE), facts_of(torch=CUDA, packages=Packages(), host=Host(os="linux")))
    assert not [argv for remedy in found for argv in remedy.commands if "install" in argv]


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

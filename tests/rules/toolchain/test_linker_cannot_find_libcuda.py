"""linker-cannot-find-libcuda."""

from doctor.facts import Gpu, Host, Nvidia, Toolkits, Torch
from doctor.model import Risk, Severity
from tests.rules.judging import commands, finding, is_open, points_to

RULE = "linker-cannot-find-libcuda"
CUDA = Torch(version="2.7.1", cuda_version="12.6")
GPU = Nvidia(gpus=(Gpu("RTX 4090"),), libcuda="/usr/lib/x86_64-linux-gnu/libcuda.so.1")


def test_only_told_and_the_link_needs_root():
    linux = Host(os="linux")
    found = finding(RULE, toolkits=Toolkits(libcuda_linkable=False), nvidia=GPU, torch=CUDA, host=linux)
    assert found and found.severity is Severity.INFO
    assert found.remedies[0].risk is Risk.ADMIN
    library = "/usr/lib/x86_64-linux-gnu/libcuda.so"
    assert commands(found) == [("sudo", "ln", "-s", f"{library}.1", library)]
    toolkits = Toolkits(libcuda_linkable=False, cuda_home="/usr/local/cuda")
    stubs = commands(finding(RULE, toolkits=toolkits, nvidia=GPU, torch=CUDA, host=linux))[0]
    assert stubs == ("env", "LIBRARY_PATH=/usr/local/cuda/lib64/stubs", "python", "PROGRAM.py")


def test_other_libraries_may_be_missing():
    assert is_open(RULE, toolkits=Toolkits(libcuda_linkable=True), nvidia=GPU, torch=CUDA)
    assert is_open(RULE, toolkits=Toolkits(), nvidia=GPU, torch=CUDA)


def test_quiet_without_a_gpu_or_when_not_known():
    assert finding(RULE, toolkits=Toolkits(libcuda_linkable=False), nvidia=Nvidia(gpus=()), torch=CUDA) is None
    assert finding(RULE, toolkits=Toolkits(), nvidia=GPU, torch=CUDA) is None


def test_texts():
    assert points_to(RULE, "/usr/bin/ld: cannot find -lcuda: No such file or directory")
    assert points_to(RULE, "AssertionError: libcuda.so cannot found!")
    assert not points_to(RULE, "/usr/bin/ld: cannot find -lz: No such file or directory")

"""driver-library-incomplete."""

from doctor.facts import Nvidia, Runtime, Variables
from tests.rules.hosts import DOCKER, UBUNTU, WSL
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "driver-library-incomplete"


def test_fires_without_libcuda_or_without_a_cuda_version():
    assert finding(RULE, nvidia=Nvidia(driver_version="550.54.14", libcuda="")) is not None
    found = finding(RULE, nvidia=Nvidia(driver_version="550.54.14", cuda_version=""))
    assert found is not None
    assert "550.54.14" in found.message


def test_quiet_without_driver_with_a_whole_one_or_where_nothing_is_known():
    assert finding(RULE, nvidia=Nvidia(driver_version="", libcuda="")) is None
    assert (
        finding(RULE, nvidia=Nvidia(driver_version="550.54.14", cuda_version="12.4", libcuda="/l/libcuda.so.1")) is None
    )
    assert finding(RULE, nvidia=Nvidia(driver_version="550.54.14")) is None
    working = Runtime(cuda_available=True)
    assert finding(RULE, nvidia=Nvidia(driver_version="550.54.14", libcuda=""), runtime=working) is None


def test_remedies_fit_the_place():
    bare = Nvidia(driver_version="550.54.14", libcuda="")
    start = ("docker", "run", "--gpus", "all", "-e", "NVIDIA_DRIVER_CAPABILITIES=compute,utility", "IMAGE")
    assert commands(finding(RULE, nvidia=bare, host=DOCKER)) == [start]
    ubuntu = [("sudo", "apt-get", "install", "-y", "libnvidia-compute-550")]
    assert commands(finding(RULE, nvidia=bare, host=UBUNTU)) == ubuntu
    assert commands(finding(RULE, nvidia=bare, host=WSL)) == [("sudo", "ldconfig")]


def test_the_linkers_stub_goes_off_the_path():
    stub = Nvidia(driver_version="550.54.14", libcuda="/usr/local/cuda/lib64/stubs/libcuda.so.1")
    found = finding(RULE, nvidia=stub, host=UBUNTU)
    assert found is not None
    assert "LD_LIBRARY_PATH" in found.remedies[0].title
    assert commands(found) == []


def test_what_clears_it_and_what_leaves_it_open():
    whole = Nvidia(driver_version="550.54.14", cuda_version="12.4", libcuda="/l/libcuda.so.1")
    assert is_cleared(RULE, nvidia=whole)
    assert is_cleared(RULE, nvidia=Nvidia(driver_version="", libcuda=""))
    assert is_open(RULE, nvidia=Nvidia(driver_version="550.54.14", cuda_version="12.4"))
    assert is_open(RULE, nvidia=Nvidia())


def test_driver_capabilities_are_named_as_evidence():
    variables = Variables({"NVIDIA_DRIVER_CAPABILITIES": "utility"})
    found = finding(RULE, nvidia=Nvidia(driver_version="550.54.14", cuda_version=""), variables=variables)
    assert found is not None
    assert [e.seen for e in found.evidence] == ["N/A", "utility"]


def test_texts():
    assert points_to(RULE, "| NVIDIA-SMI 550.54.14   Driver Version: 550.54.14   CUDA Version: N/A |")
    assert points_to(RULE, "OSError: libcuda.so.1: cannot open shared object file: No such file or directory")
    assert not points_to(RULE, "| NVIDIA-SMI 550.54.14   Driver Version: 550.54.14   CUDA Version: 12.4 |")
    assert not points_to(RULE, "libcudart.so.12: cannot open shared object file: No such file or directory")

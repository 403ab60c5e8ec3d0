"""driver-library-incomplete."""

from doctor.facts import Host, Nvidia, Runtime, Variables
from tests.rules.judging import commands, finding, points_to

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
    inside = finding(RULE, nvidia=bare, host=Host(container="docker"))
    assert any("NVIDIA_DRIVER_CAPABILITIES=compute,utility" in command for command in commands(inside))
    ubuntu = finding(RULE, nvidia=bare, host=Host(distribution_id="ubuntu", container=""))
    assert commands(ubuntu) == [("sudo", "apt-get", "install", "-y", "libnvidia-compute-550")]


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

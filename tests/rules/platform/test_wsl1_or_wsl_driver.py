"""wsl1-or-wsl-driver."""

from doctor.facts import ErrorText, Gpu, Host, Nvidia, Runtime, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, points_to

RULE = "wsl1-or-wsl-driver"
CUDA = Torch(version="2.3.0+cu121", cuda_version="12.1")
WSL2 = Host(os="linux", wsl=2, kernel="5.15.153.1-microsoft-standard-WSL2", windows_build="22631")
COUNT = "Unexpected error from cudaGetDeviceCount(). Did you run some cuda functions before? Error 2: out of memory"


def test_wsl_1_is_an_error_for_a_cuda_build_only():
    assert finding(RULE, host=Host(wsl=1), torch=CUDA).severity is Severity.ERROR
    found = finding(RULE, host=Host(wsl=1), torch=Torch(version="2.3.0+cpu", cuda_version=""))
    assert found.severity is Severity.INFO


def test_an_old_windows_or_kernel():
    assert "Windows" in finding(RULE, host=Host(wsl=2, windows_build="10.0.19042.1052")).message
    assert "kernel" in finding(RULE, host=Host(wsl=2, kernel="5.4.72-microsoft-standard-WSL2")).message


def test_a_linux_driver_inside_is_removed():
    inside = Nvidia(libcuda="/usr/lib/x86_64-linux-gnu/libcuda.so.535.54.03")
    found = finding(RULE, host=WSL2, nvidia=inside)
    assert any("purge" in command for command in commands(found))


def test_counting_several_gpus_runs_out_of_memory():
    several = Nvidia(gpus=(Gpu("RTX 4000 Ada"), Gpu("RTX 4000 Ada", index=1)))
    one = Nvidia(gpus=(Gpu("RTX 4000 Ada"),))
    assert finding(RULE, host=WSL2, nvidia=several, error=ErrorText(COUNT)) is not None
    assert finding(RULE, host=WSL2, nvidia=one, error=ErrorText(COUNT)) is None
    assert finding(RULE, host=WSL2, nvidia=several, error=ErrorText("CUDA error: out of memory")) is None


def test_quiet_on_a_sound_wsl_and_outside():
    sound = Nvidia(libcuda="/usr/lib/wsl/lib/libcuda.so.1")
    assert finding(RULE, host=WSL2, nvidia=sound, torch=CUDA) is None
    assert finding(RULE, host=Host(wsl=0, kernel="5.4.0-generic"), torch=CUDA) is None
    old = Host(wsl=2, kernel="5.4.72")
    assert finding(RULE, host=old, runtime=Runtime(cuda_available=True)) is None


def test_texts():
    assert points_to(RULE, "Failed to initialize NVML: GPU access blocked by the operating system")
    assert not points_to(RULE, "/sbin/ldconfig.real: /usr/lib/wsl/lib/libcuda.so.1 is not a symbolic link")


def test_quiet_on_a_cpu_build_in_an_old_wsl_2():
    old = Host(os="linux", wsl=2, kernel="5.4.72-microsoft-standard-WSL2")
    assert finding(RULE, host=old, torch=Torch(version="2.3.0+cpu", build="cpu", cuda_version="")) is None
    assert finding(RULE, host=old, torch=CUDA) is not None


def test_words_of_the_container_toolkit():
    assert points_to(
        RULE, "nvidia-container-cli: initialization error: WSL environment detected but no adapters were found"
    )

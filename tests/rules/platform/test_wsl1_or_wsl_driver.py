"""wsl1-or-wsl-driver."""

from doctor.facts import ErrorText, Gpu, Host, Nvidia, Runtime, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "wsl1-or-wsl-driver"
CUDA = Torch(version="2.3.0+cu121", cuda_version="12.1")
WSL2 = Host(os="linux", wsl=2, kernel="5.15.153.1-microsoft-standard-WSL2", windows_build="22631")
COUNT = "Unexpected error from cudaGetDeviceCount(). Did you run some cuda functions before? Error 2: out of memory"


def test_wsl_1_is_an_error_for_a_cuda_build_only():
    assert finding(RULE, host=Host(wsl=1), torch=CUDA).severity is Severity.ERROR
    found = finding(RULE, host=Host(wsl=1), torch=Torch(version="2.3.0+cpu", cuda_version=""))
    assert found.severity is Severity.INFO


def test_wsl_1_is_the_cause_of_what_says_that_there_is_no_driver():
    told = ErrorText("RuntimeError: Found no NVIDIA driver on your system.")
    assert finding(RULE, host=Host(wsl=1), error=told).severity is Severity.ERROR
    other = ErrorText("RuntimeError: CUDA out of memory")
    assert finding(RULE, host=Host(wsl=1), error=other).severity is Severity.INFO


def test_an_old_windows_or_kernel():
    assert "Windows" in finding(RULE, host=Host(wsl=2, windows_build="10.0.19042.1052")).message
    assert "kernel" in finding(RULE, host=Host(wsl=2, kernel="5.4.72-microsoft-standard-WSL2")).message


def test_a_linux_driver_inside_is_removed():
    inside = Nvidia(libcuda="/usr/lib/x86_64-linux-gnu/libcuda.so.535.54.03")
    ubuntu = Host(os="linux", wsl=2, distribution_id="ubuntu", distribution_version="24.04")
    found = finding(RULE, host=ubuntu, nvidia=inside, runtime=Runtime(cuda_available=False))
    assert found.severity is Severity.ERROR
    assert commands(found) == [
        ("env", "LD_LIBRARY_PATH=/usr/lib/wsl/lib", "python", "PROGRAM.py"),
        ("sudo", "apt-get", "purge", "^libnvidia-compute.*"),
        ("sudo", "ldconfig"),
        ("wsl.exe", "--update"),
        ("wsl.exe", "--shutdown"),
    ]
    assert finding(RULE, host=ubuntu, nvidia=inside).severity is Severity.WARNING


def test_a_container_finds_the_library_of_windows_elsewhere():
    contained = Host(os="linux", wsl=2, container="docker")
    assert is_open(RULE, host=contained, nvidia=Nvidia(libcuda="/usr/lib/x86_64-linux-gnu/libcuda.so.1"))


def test_counting_several_gpus_runs_out_of_memory():
    several = Nvidia(gpus=(Gpu("RTX 4000 Ada"), Gpu("RTX 4000 Ada", index=1)))
    one = Nvidia(gpus=(Gpu("RTX 4000 Ada"),))
    assert finding(RULE, host=WSL2, nvidia=several, error=ErrorText(COUNT)) is not None
    assert is_open(RULE, host=WSL2, nvidia=one, error=ErrorText(COUNT))
    assert is_open(RULE, host=WSL2, nvidia=several, error=ErrorText("CUDA error: out of memory"))


def test_cleared_where_cuda_works_and_outside_wsl():
    assert is_cleared(RULE, host=Host(wsl=0, kernel="5.4.0-generic"), torch=CUDA)
    assert is_cleared(RULE, host=Host(os="windows"), torch=CUDA)
    assert is_cleared(RULE, host=Host(wsl=2, kernel="5.4.72"), runtime=Runtime(cuda_available=True))


def test_open_in_a_wsl_that_shows_nothing_and_where_it_is_not_known():
    sound = Nvidia(libcuda="/usr/lib/wsl/lib/libcuda.so.1")
    assert is_open(RULE, host=WSL2, nvidia=sound, torch=CUDA)
    assert is_open(RULE, host=Host(os="linux"), torch=CUDA)


def test_texts():
    assert points_to(RULE, "Failed to initialize NVML: GPU access blocked by the operating system")
    assert not points_to(RULE, "/sbin/ldconfig.real: /usr/lib/wsl/lib/libcuda.so.1 is not a symbolic link")


def test_open_for_a_cpu_build_in_an_old_wsl_2():
    old = Host(os="linux", wsl=2, kernel="5.4.72-microsoft-standard-WSL2")
    assert is_open(RULE, host=old, torch=Torch(version="2.3.0+cpu", build="cpu", cuda_version=""))
    assert finding(RULE, host=old, torch=CUDA) is not None


def test_words_of_the_container_toolkit():
    assert points_to(
        RULE, "nvidia-container-cli: initialization error: WSL environment detected but no adapters were found"
    )


def test_cuda_tells_no_version_of_a_driver():
    in_wsl = Host(os="linux", wsl=2)
    for told in ("Runtime Version: 0", "  CUDA Driver Version = 0.0"):
        found = finding(RULE, host=in_wsl, error=ErrorText(f"I ran it:\n{told}"))
        assert found is not None and "no driver" in found.message
    assert finding(RULE, host=in_wsl, error=ErrorText("Driver Version: 0.9 of the tool")) is None
    assert finding(RULE, host=Host(os="linux", wsl=0), error=ErrorText("Runtime Version: 0")) is None

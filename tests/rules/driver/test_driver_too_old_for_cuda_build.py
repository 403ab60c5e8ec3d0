"""driver-too-old-for-cuda-build."""

from doctor.facts import Amd, AmdGpu, ErrorText, Gpu, Host, Nvidia, Runtime, Torch
from doctor.model import Risk, Severity
from tests.rules.hosts import PYTHON, UBUNTU, WINDOWS
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "driver-too-old-for-cuda-build"


def build(cuda: str) -> Torch:
    return Torch(version="2.9.0", cuda_version=cuda)


def test_fires_below_the_floor_of_the_major_version():
    found = finding(RULE, nvidia=Nvidia(driver_version="570.86.10"), torch=build("13.0"))
    assert found is not None
    assert "580" in found.message
    assert finding(RULE, nvidia=Nvidia(driver_version="470.82.01"), torch=build("12.1")) is not None
    assert finding(RULE, nvidia=Nvidia(driver_version="410.48"), torch=build("10.1.243")) is not None


def test_minor_version_compatibility_is_no_fault():
    assert finding(RULE, nvidia=Nvidia(driver_version="535.54.03"), torch=build("12.8")) is None
    assert finding(RULE, nvidia=Nvidia(driver_version="450.80.02"), torch=build("11.8")) is None
    assert finding(RULE, nvidia=Nvidia(driver_version="580"), torch=build("13.2")) is None


def test_what_torch_itself_complains_of_is_not_ruled_out_by_a_torch_that_somebody_names():
    told = ErrorText("The NVIDIA driver on your system is too old (found version 11060). Please update your driver")
    driver = Nvidia(cuda_version="11.6")
    assert is_open(RULE, nvidia=driver, torch=build("11.6"), error=told)
    assert is_cleared(RULE, nvidia=driver, torch=build("11.6"))


def test_windows_and_wsl_carry_windows_numbers():
    driver = Nvidia(driver_version="527.50")
    assert finding(RULE, nvidia=driver, torch=build("12.1"), host=Host(os="linux", wsl=0)) is None
    assert finding(RULE, nvidia=driver, torch=build("12.1"), host=Host(os="linux", wsl=2)) is not None
    assert finding(RULE, nvidia=driver, torch=build("12.1"), host=Host(os="windows")) is not None


def test_the_cuda_version_of_nvidia_smi_is_enough():
    assert finding(RULE, nvidia=Nvidia(cuda_version="11.4"), torch=build("12.1")) is not None
    assert finding(RULE, nvidia=Nvidia(cuda_version="12.0"), torch=build("12.8")) is None
    assert finding(RULE, nvidia=Nvidia(cuda_version="10.1"), torch=build("10.2")) is not None
    assert finding(RULE, nvidia=Nvidia(cuda_version="10.2"), torch=build("10.1")) is None


def test_quiet_for_cpu_builds_unknown_drivers_and_what_works():
    old = Nvidia(driver_version="470.82.01")
    assert finding(RULE, nvidia=old, torch=Torch(version="2.9.0+cpu", cuda_version="")) is None
    assert finding(RULE, nvidia=Nvidia(), torch=build("12.1")) is None
    assert finding(RULE, nvidia=old, torch=build("12.1"), runtime=Runtime(cuda_available=True)) is None


def test_a_compiled_library_calls_a_function_that_the_driver_lacks():
    def found(driver: str, symbol: str):
        told = ErrorText(f"ImportError: /env/site-packages/sgl_kernel/common_ops.abi3.so: undefined symbol: {symbol}")
        runtime = Runtime(cuda_available=True)
        nvidia = Nvidia(driver_version=driver)
        return finding(RULE, nvidia=nvidia, torch=build("12.6"), runtime=runtime, error=told)

    old = found("535.86.10", "cuGreenCtxDestroy")
    assert old is not None
    assert "12.2" in old.message
    assert "12.4" in old.message
    assert "cuGreenCtxDestroy" in old.message
    assert found("550.54.15", "cuGreenCtxStreamCreate") is not None  # which came one version after the others
    assert found("550.54.15", "cuGreenCtxDestroy") is None
    assert found("570.86.10", "cuTensorMapEncodeTiled") is None
    assert found("535.86.10", "cuModuleGetFunction") is None


def test_no_driver_update_is_offered_where_the_generation_has_ended():
    kepler = Nvidia(driver_version="470.256.02", gpus=(Gpu("Tesla K80", compute_capability="3.7"),))
    turing = Nvidia(driver_version="470.256.02", gpus=(Gpu("Tesla T4", compute_capability="7.5"),))
    old = finding(RULE, nvidia=kepler, torch=build("12.1"), host=UBUNTU, python=PYTHON)
    assert not any("ubuntu-drivers" in c for c in commands(old))
    assert any("torch==2.7.1+cu118" in c for c in commands(old))
    found = finding(RULE, nvidia=turing, torch=build("12.1"), host=UBUNTU, python=PYTHON)
    assert any("ubuntu-drivers" in c for c in commands(found))


def test_the_build_that_this_driver_runs_comes_before_another_driver():
    ada = Nvidia(driver_version="535.104.05", gpus=(Gpu("NVIDIA GeForce RTX 4090", compute_capability="8.9"),))
    for host in (UBUNTU, WINDOWS):
        found = finding(RULE, nvidia=ada, torch=build("13.0"), host=host, python=PYTHON)
        assert found is not None
        build_of_cuda_12, driver = found.remedies
        assert any(word.endswith("+cu126") for word in build_of_cuda_12.commands[0])
        assert build_of_cuda_12.risk is Risk.SAFE
        assert "580 or newer" in driver.title
        assert driver.risk is not Risk.SAFE


def test_a_driver_that_is_new_enough_clears_it():
    for version in ("580", "580.65.06", "615.10"):
        assert is_cleared(RULE, nvidia=Nvidia(driver_version=version), torch=build("13.0"))
    assert is_cleared(RULE, nvidia=Nvidia(cuda_version="13.0"), torch=build("13.0"))
    assert is_cleared(RULE, nvidia=Nvidia(driver_version=""), torch=build("13.0"))
    assert is_cleared(RULE, nvidia=Nvidia(driver_version="470.1"), torch=Torch(version="2.9.0+cpu", build="cpu"))


def test_open_where_driver_or_build_is_not_known():
    assert is_open(RULE, nvidia=Nvidia(), torch=build("13.0"))
    assert is_open(RULE, nvidia=Nvidia(driver_version="N/A"), torch=build("13.0"))
    assert is_open(RULE, nvidia=Nvidia(driver_version="470.1"), torch=Torch(version="2.7.0"))


def test_texts():
    assert points_to(
        RULE, "The NVIDIA driver on your system is too old (found version 12080). Please update your GPU driver"
    )
    assert points_to(RULE, "CUDA driver version is insufficient for CUDA runtime version")
    assert not points_to(RULE, "Found no NVIDIA driver on your system.")


def test_the_driver_of_an_nvidia_gpu_that_is_not_there_is_not_too_old():
    radeon = Amd((AmdGpu("Radeon RX 6600"),))
    assert is_cleared(RULE, amd=radeon)
    assert is_open(RULE, amd=radeon, nvidia=Nvidia(gpus=(Gpu("RTX 3060"),)))
    assert is_open(RULE)


def test_a_build_whose_release_is_not_known():
    found = finding(RULE, nvidia=Nvidia(driver_version="418.67"), torch=Torch(cuda_version="10.2"))
    assert found is not None
    assert "too old for torch for CUDA 10.2" in found.message


def test_a_release_of_which_no_build_runs_on_the_driver():
    driver = Nvidia(driver_version="470.182.03", gpus=(Gpu("Tesla V100"),))
    found = finding(RULE, nvidia=driver, torch=Torch(version="2.9.1"), host=Host(os="linux"))
    assert found and found.severity is Severity.WARNING and "525" in found.message
    assert is_open(RULE, nvidia=driver, torch=Torch(version="2.7.1"), host=Host(os="linux"))  # it has one for CUDA 11.8
    assert is_open(RULE, nvidia=driver, torch=Torch(version="2.9.1", installer="conda"), host=Host(os="linux"))
    assert is_open(RULE, nvidia=driver, torch=Torch(version="2.9.1", source_build=True), host=Host(os="linux"))
    assert is_open(RULE, nvidia=Nvidia(gpus=driver.gpus), torch=Torch(version="2.9.1"))

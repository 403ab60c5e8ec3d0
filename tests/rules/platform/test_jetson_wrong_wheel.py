"""jetson-wrong-wheel."""

from doctor.facts import DeviceCheck, ErrorText, Gpu, Host, Nvidia, Python, Runtime, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "jetson-wrong-wheel"
ORIN = Host(os="linux", architecture="aarch64", jetson="NVIDIA Jetson AGX Orin Developer Kit", l4t="36.4.3")
ARM = Python(machine="aarch64")


def test_a_cpu_wheel():
    found = finding(RULE, torch=Torch(version="2.7.0", build="cpu", cuda_version=""), host=ORIN)
    assert found is not None
    assert "CPU build" in found.message
    (remedy,) = found.remedies
    assert "36.4.3" in remedy.title
    assert remedy.commands == ()


def test_a_jetson_of_today_gets_a_build_of_today():
    thor = Host(os="linux", architecture="aarch64", jetson="NVIDIA Jetson AGX Thor Developer Kit", l4t="38.4.0")
    nvidia = Nvidia(driver_version="595.10", gpus=(Gpu("NVIDIA Thor", compute_capability="11.0"),))
    python = Python(version="3.12.3", machine="aarch64")
    cpu = Torch(version="2.15.0+cpu", build="cpu", cuda_version="")
    install = commands(finding(RULE, torch=cpu, host=thor, nvidia=nvidia, python=python))[0]
    assert install[:4] == ("python", "-m", "pip", "install")
    assert not any("+cpu" in word for word in install)


def test_a_server_build_has_no_code_for_orin_before_cuda_13_2():
    sbsa = Torch(version="2.11.0+cu130", build="cu130", cuda_version="13.0")
    unified = Torch(version="2.15.0+cu132", build="cu132", cuda_version="13.2")
    assert "8.7" in finding(RULE, torch=sbsa, host=ORIN, python=ARM).message
    assert is_open(RULE, torch=unified, host=ORIN, python=ARM)


def test_that_cuda_finds_no_device_is_a_warning():
    built_here = Torch(version="2.8.0", cuda_version="12.6", source_build=True)
    found = finding(RULE, torch=built_here, host=ORIN, runtime=Runtime(cuda_available=False))
    assert found.severity is Severity.WARNING


def test_a_name_of_the_gpu_is_enough_to_know_the_board():
    gpu = Nvidia(gpus=(Gpu("Orin (nvgpu)", compute_capability="8.7"),))
    assert finding(RULE, torch=Torch(version="2.7.0", cuda_version=""), nvidia=gpu) is not None


def test_cleared_by_nvidias_wheels_a_gpu_that_computes_and_other_machines():
    assert is_cleared(RULE, torch=Torch(version="2.5.0a0+872d972e41.nv24.08", cuda_version="12.6"), host=ORIN)
    listed = Runtime(arch_list=("sm_87",), cuda_available=True, devices=(DeviceCheck("cuda:0", "Orin"),))
    assert is_cleared(RULE, torch=Torch(version="2.8.0", cuda_version="12.6"), host=ORIN, runtime=listed)
    assert is_cleared(RULE, torch=Torch(version="2.7.0", cuda_version=""), host=Host(jetson=""))
    assert is_open(RULE, torch=Torch(version="2.7.0", cuda_version=""))


def test_texts():
    assert points_to(RULE, "Orin with CUDA capability sm_87 is not compatible with the current PyTorch installation.")
    assert not points_to(RULE, "NVIDIA GH200 with CUDA capability sm_90 is not compatible with the current PyTorch")


NO_DEVICE = Runtime(cuda_available=False)


def test_a_version_of_the_index_that_finds_no_device_is_the_wrong_wheel():
    for version in ("2.4.1", "2.4.1+cu121"):
        found = finding(RULE, torch=Torch(version=version), host=ORIN, runtime=NO_DEVICE)
        assert found and found.severity is Severity.ERROR
    found = finding(RULE, torch=Torch(version="1.8.0"), host=ORIN, runtime=NO_DEVICE)  # NVIDIA named its own so, too
    assert found and found.severity is Severity.WARNING
    assert is_open(RULE, torch=Torch(version="2.4.0a0+git1f3a2b"), host=ORIN, runtime=NO_DEVICE)


def test_a_build_for_the_cpu_of_which_the_version_is_not_told():
    found = finding(RULE, torch=Torch(build="cpu", cuda_version=""), host=ORIN)
    assert found and "CPU build" in found.message


def test_a_torch_of_unknown_version_that_finds_no_device_most_likely_is():
    told = ErrorText("print(torch.cuda.is_available()) 输出 False")
    for facts in ({"runtime": NO_DEVICE}, {"error": told}, {"error": told, "torch": Torch()}):
        found = finding(RULE, host=ORIN, **facts)
        assert found and found.severity is Severity.WARNING and "most likely" in found.message
        assert is_cleared("cuda-unavailable-undetermined", host=ORIN, **facts)
    assert is_open(RULE, host=ORIN)
    assert is_open(RULE, host=ORIN, error=ErrorText("if not torch.cuda.is_available(): return False"))


def test_what_a_person_says_over_two_lines():
    said = ErrorText("now torch.cuda.is_available()\ngives False on my board")
    found = finding(RULE, host=Host(os="linux", jetson="Jetson TX2"), error=said)
    assert found and found.evidence[1].seen == "cuda.is_available() gives False"
    assert finding(RULE, host=Host(os="linux", jetson="Jetson TX2"), error=ErrorText("it is slow")) is None


def test_a_wheel_of_an_index_that_says_it_has_no_cuda_most_likely_is():
    told = ErrorText("AssertionError: Torch not compiled with CUDA enabled")
    found = finding(RULE, torch=Torch(version="2.3.0"), host=ORIN, error=told)
    assert found and found.severity is Severity.WARNING
    assert is_open(RULE, torch=Torch(version="2.4.0a0+git1f3a2b"), host=ORIN, error=told)


def test_words_that_say_that_there_is_no_cuda_are_enough():
    error = ErrorText("CUDA is not available on this board, whatever wheel I take")
    found = finding(RULE, host=ORIN, error=error)
    assert found and found.severity is Severity.WARNING
    assert is_open(RULE, host=ORIN, error=ErrorText("the board gets hot"))


def test_that_only_the_cpu_is_used_as_people_tell_it():
    assert points_to(RULE, "How do I stop my model from always running on the CPU of this Jetson?")
    told = ErrorText("yolo only uses the CPU on my Jetson Orin")
    assert finding(RULE, torch=Torch(version="2.3.0"), host=ORIN, error=told) is not None
    own = Torch(version="2.3.0a0+ebedce2.nv24.05")
    assert finding(RULE, torch=own, host=ORIN, error=told) is None
    assert not points_to(RULE, "The Jetson only needs the CPU for decoding")

"""jetson-wrong-wheel."""

from doctor.facts import DeviceCheck, Gpu, Host, Nvidia, Python, Runtime, Torch
from tests.rules.judging import finding, points_to

RULE = "jetson-wrong-wheel"
ORIN = Host(os="linux", architecture="aarch64", jetson="NVIDIA Jetson AGX Orin Developer Kit", l4t="36.4.3")
ARM = Python(machine="aarch64")


def test_a_cpu_wheel():
    found = finding(RULE, torch=Torch(version="2.7.0", build="cpu", cuda_version=""), host=ORIN)
    assert found is not None
    assert "CPU build" in found.message
    assert "36.4.3" in found.remedies[0].title


def test_a_server_build_has_no_code_for_orin_before_cuda_13_2():
    sbsa = Torch(version="2.11.0+cu130", build="cu130", cuda_version="13.0")
    unified = Torch(version="2.15.0+cu132", build="cu132", cuda_version="13.2")
    assert "8.7" in finding(RULE, torch=sbsa, host=ORIN, python=ARM).message
    assert finding(RULE, torch=unified, host=ORIN, python=ARM) is None


def test_a_name_of_the_gpu_is_enough_to_know_the_board():
    gpu = Nvidia(gpus=(Gpu("Orin (nvgpu)", compute_capability="8.7"),))
    assert finding(RULE, torch=Torch(version="2.7.0", cuda_version=""), nvidia=gpu) is not None


def test_quiet_on_nvidias_wheels_and_on_other_machines():
    assert finding(RULE, torch=Torch(version="2.5.0a0+872d972e41.nv24.08", cuda_version="12.6"), host=ORIN) is None
    listed = Runtime(arch_list=("sm_87",), cuda_available=True, devices=(DeviceCheck("cuda:0", "Orin"),))
    assert finding(RULE, torch=Torch(version="2.8.0", cuda_version="12.6"), host=ORIN, runtime=listed) is None
    assert finding(RULE, torch=Torch(version="2.7.0", cuda_version=""), host=Host(jetson="")) is None


def test_texts():
    assert points_to(RULE, "Orin with CUDA capability sm_87 is not compatible with the current PyTorch installation.")
    assert not points_to(RULE, "NVIDIA GH200 with CUDA capability sm_90 is not compatible with the current PyTorch")

"""extension-arch-mismatch."""

from doctor.facts import ErrorText, Gpu, Host, Module, Nvidia, Runtime, Torch
from doctor.model import Severity
from tests.rules.hosts import PYTHON, UBUNTU, WINDOWS
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "extension-arch-mismatch"
TEXT = ErrorText("RuntimeError: CUDA error: no kernel image is available for execution on the device")
PASCAL = Nvidia(gpus=(Gpu("NVIDIA GeForce GTX 1080 Ti"),))
TORCH = Torch(version="2.7.0+cu126", cuda_version="12.6")


def test_fires_where_torch_itself_has_the_code():
    found = finding(RULE, error=TEXT, nvidia=PASCAL, torch=TORCH, host=UBUNTU, python=PYTHON)
    assert commands(found)[0][:6] == ("env", "TORCH_CUDA_ARCH_LIST=6.1", "/env/bin/python", "-m", "pip", "install")
    found = finding(RULE, error=TEXT, nvidia=PASCAL, torch=TORCH, host=WINDOWS, python=PYTHON)
    assert commands(found)[0][0] == "/env/bin/python"


def test_quiet_where_torch_has_not_or_another_error_is_told():
    assert finding(RULE, error=TEXT, nvidia=PASCAL, torch=Torch(version="2.11.0+cu130", cuda_version="13.0")) is None
    assert finding(RULE, error=ErrorText("CUDA out of memory"), nvidia=PASCAL, torch=TORCH) is None
    assert finding(RULE, error=TEXT, nvidia=Nvidia(gpus=(Gpu("Device 1b06"),)), torch=TORCH) is None


def test_a_torch_without_the_code_clears_it_and_what_is_not_known_leaves_it_open():
    newest = Torch(version="2.11.0+cu130", cuda_version="13.0")
    assert is_cleared(RULE, error=TEXT, nvidia=PASCAL, torch=newest)
    assert is_open(RULE, nvidia=PASCAL, torch=TORCH)
    assert is_open(RULE, error=TEXT, nvidia=Nvidia(), torch=TORCH)
    two = Nvidia(gpus=(*PASCAL.gpus, Gpu("NVIDIA GeForce RTX 5090", index=1)))
    assert is_open(RULE, error=TEXT, nvidia=two, torch=TORCH)


def test_texts():
    assert points_to(RULE, "Error: flash_attn_2_cuda: no kernel image is available for execution on the device")
    assert points_to(
        RULE, "error in ms_deformable_im2col_cuda: no kernel image is available for execution on the device"
    )
    assert not points_to(RULE, TEXT.text)


V100 = Nvidia(gpus=(Gpu("Tesla V100-SXM2-16GB", compute_capability="7.0"),))
OLD = Torch(version="2.0.1+cu118", build="cu118", cuda_version="11.8")


def built(*sm: str) -> Runtime:
    return Runtime(imported=True, modules=(Module("detectron2._C", built_sm=sm),))


def test_an_extension_that_lists_code_for_other_gpus():
    found = finding(RULE, torch=OLD, nvidia=V100, runtime=built("6.0"), host=UBUNTU, python=PYTHON)
    assert found and found.severity is Severity.WARNING  # it may hold PTX
    assert "detectron2 has code for compute capability 6.0, but not for Tesla V100" in found.message
    assert commands(found)[0][1] == "TORCH_CUDA_ARCH_LIST=7.0" and "detectron2" in commands(found)[0][-1]
    found = finding(RULE, torch=OLD, nvidia=V100, runtime=built("6.0"), error=TEXT)
    assert found and found.severity is Severity.ERROR
    found = finding(RULE, torch=OLD, nvidia=V100, runtime=built("8.0", "8.6"))
    assert found and found.severity is Severity.ERROR  # PTX is for newer GPUs only


def test_an_extension_for_older_gpus_where_cuda_works_and_nobody_complains():
    works = Runtime(imported=True, cuda_available=True, modules=(Module("detectron2._C", built_sm=("6.0",)),))
    found = finding(RULE, torch=OLD, nvidia=V100, runtime=works)
    assert found and found.severity is Severity.INFO
    found = finding(RULE, torch=OLD, nvidia=V100, runtime=works, error=TEXT)
    assert found and found.severity is Severity.ERROR


def test_an_extension_that_lists_code_for_this_gpu_or_none():
    assert finding(RULE, torch=OLD, nvidia=V100, runtime=built("6.0", "7.0")) is None
    assert finding(RULE, torch=OLD, nvidia=V100, runtime=built()) is None
    assert finding(RULE, torch=OLD, nvidia=Nvidia(), runtime=built("6.0")) is None
    mixed = Nvidia(gpus=(*V100.gpus, Gpu("Tesla P100-PCIE-16GB", 1, "6.0")))
    found = finding(RULE, torch=OLD, nvidia=mixed, runtime=built("6.0"), error=TEXT)
    assert found and found.severity is Severity.WARNING


def test_a_torch_without_the_code_comes_first():
    newest = Torch(version="2.11.0+cu130", cuda_version="13.0")
    assert finding(RULE, nvidia=PASCAL, torch=newest, runtime=built("8.0")) is None


def test_nvidia_s_own_build_has_code_for_its_jetsons():
    board = Host(os="linux", architecture="aarch64", jetson="Jetson Xavier NX")
    gpus = Nvidia(gpus=(Gpu("Xavier"),))
    own = Torch(version="2.0.0+nv23.05", cuda_version="11.4")
    found = finding(RULE, error=TEXT, nvidia=gpus, torch=own, host=board)
    assert found and "Jetson Xavier NX" in found.message
    assert finding(RULE, error=TEXT, nvidia=gpus, torch=Torch(version="2.0.1"), host=board) is None
    assert finding(RULE, error=ErrorText("CUDA out of memory"), nvidia=gpus, torch=own, host=board) is None


def test_a_message_that_names_the_source_of_a_kernel():
    told = "no kernel image is available for execution on the device"
    assert points_to(
        RULE, f"CUDA Error: {told} (209) /tmp/pip/my_ops-0.3/csrc/sampling.cuh: line 88 at function launch"
    )
    assert points_to(RULE, f"{told} (209) at /src/rasterize/forward.cu:212")
    assert not points_to(RULE, f"RuntimeError: CUDA error: {told} (209)")


TRACEBACK = """Traceback (most recent call last):
  File "/w/test.py", line 90, in forward
    x = self.norm(self.conv(x))
  File "/e/lib/python3.8/site-packages/{path}", line 61, in forward
    output = ext_module.op(x)
RuntimeError: CUDA error: no kernel image is available for execution on the device
"""


def test_the_operations_of_a_package_where_the_gpu_is_not_known():
    found = finding(RULE, error=ErrorText(TRACEBACK.format(path="mmcv/ops/deform_conv.py")))
    assert found and "mmcv" in found.message
    assert is_open(RULE, error=ErrorText(TRACEBACK.format(path="torch/nn/modules/conv.py")))
    assert is_open(RULE, error=ErrorText("It failed in mmcv/ops/nms.py, of a wheel from the mirror"))


def test_a_file_of_operations_that_is_named_in_prose():
    told = "RuntimeError: no kernel image is available for execution, and it goes on to spconv/pytorch/ops.py (line 9)"
    assert finding(RULE, error=ErrorText(told))
    assert is_open(RULE, error=ErrorText(told.replace("spconv/pytorch/ops.py", "tools/test.py")))

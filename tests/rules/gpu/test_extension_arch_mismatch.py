"""extension-arch-mismatch."""

from doctor.facts import ErrorText, Gpu, Nvidia, Torch
from tests.rules.judging import commands, finding, points_to

RULE = "extension-arch-mismatch"
TEXT = ErrorText("RuntimeError: CUDA error: no kernel image is available for execution on the device")
PASCAL = Nvidia(gpus=(Gpu("NVIDIA GeForce GTX 1080 Ti"),))
TORCH = Torch(version="2.7.0+cu126", cuda_version="12.6")


def test_fires_where_torch_itself_has_the_code():
    found = finding(RULE, error=TEXT, nvidia=PASCAL, torch=TORCH)
    assert found is not None
    assert any("TORCH_CUDA_ARCH_LIST=6.1" in command for command in commands(found))


def test_quiet_where_torch_has_not_or_another_error_is_told():
    assert finding(RULE, error=TEXT, nvidia=PASCAL, torch=Torch(version="2.11.0+cu130", cuda_version="13.0")) is None
    assert finding(RULE, error=ErrorText("CUDA out of memory"), nvidia=PASCAL, torch=TORCH) is None
    assert finding(RULE, error=TEXT, nvidia=Nvidia(gpus=(Gpu("Device 1b06"),)), torch=TORCH) is None


def test_texts():
    assert points_to(RULE, "Error: flash_attn_2_cuda: no kernel image is available for execution on the device")
    assert points_to(
        RULE, "error in ms_deformable_im2col_cuda: no kernel image is available for execution on the device"
    )
    assert not points_to(RULE, TEXT.text)

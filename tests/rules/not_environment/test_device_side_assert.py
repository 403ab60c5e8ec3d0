"""device-side-assert."""

from tests.rules.judging import points_to

RULE = "device-side-assert"


def test_texts():
    assert points_to(RULE, "RuntimeError: CUDA error: device-side assert triggered")
    line = "IndexKernel.cu:84: operator(): block: [4,0,0], thread: [70,0,0] Assertion `index >= -sizes[i]` failed."
    assert points_to(RULE, line)
    line = "RuntimeError: CUDA error: no kernel image is available for execution on the device"
    assert not points_to(RULE, line)

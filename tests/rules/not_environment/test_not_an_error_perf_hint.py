"""not-an-error-perf-hint."""

from doctor.model import Severity
from doctor.rules import load
from tests.rules.judging import points_to

RULE = "not-an-error-perf-hint"


def test_texts():
    line = "The dataloader, val_dataloader 0, does not have many workers which may be a bottleneck."
    assert points_to(RULE, line)
    line = "UserWarning: 1Torch was not compiled with flash attention. (Triggered internally at sdp_utils.cpp)"
    assert points_to(RULE, line)
    assert not points_to(RULE, "UserWarning: CUDA initialization: The NVIDIA driver on your system is too old")
    assert load(RULE).severity is Severity.INFO


def test_a_plan_that_cudnn_tried_and_left():
    status = "Failed cudnn_status: CUDNN_STATUS_NOT_SUPPORTED"
    line = (
        f"conv.py:306: UserWarning: Plan failed with a cudnnException: {status} (Triggered internally at Conv_v8.cpp)"
    )
    assert points_to(RULE, line)
    assert not points_to(RULE, f"RuntimeError: cuDNN Frontend error: {status}")

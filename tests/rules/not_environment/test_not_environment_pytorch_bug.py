"""not-environment-pytorch-bug."""

from doctor.model import Severity
from doctor.rules import load
from tests.rules.judging import points_to

RULE = "not-environment-pytorch-bug"


def test_texts():
    line = 'RuntimeError: false INTERNAL ASSERT FAILED at "../aten/src/ATen/MapAllocator.cpp":226'
    assert points_to(RULE, line)
    assert points_to(RULE, "torch._dynamo.exc.BackendCompilerFailed: backend='inductor' raised:")
    assert not points_to(RULE, "RuntimeError: CUDA error: device-side assert triggered")
    assert not points_to(RULE, "This is likely not a problem with pip. Please file an issue with the package.")
    assert load(RULE).severity is Severity.INFO

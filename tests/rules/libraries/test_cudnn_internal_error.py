"""cudnn-internal-error."""

from tests.rules.judging import points_to

RULE = "cudnn-internal-error"


def test_texts():
    assert points_to(RULE, "RuntimeError: cuDNN error: CUDNN_STATUS_INTERNAL_ERROR")
    assert points_to(RULE, "CUDNN_STATUS_NOT_INITIALIZED")
    assert not points_to(RULE, "CUBLAS_STATUS_NOT_INITIALIZED")
    assert not points_to(RULE, "cuDNN version: 90100")

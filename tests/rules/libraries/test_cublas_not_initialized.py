"""cublas-not-initialized."""

from tests.rules.judging import points_to

RULE = "cublas-not-initialized"


def test_texts():
    line = "RuntimeError: CUDA error: CUBLAS_STATUS_NOT_INITIALIZED when calling `cublasCreate(handle)`"
    assert points_to(RULE, line)
    line = "RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"
    assert points_to(RULE, line)
    assert not points_to(RULE, "RuntimeError: cuDNN error: CUDNN_STATUS_NOT_INITIALIZED")

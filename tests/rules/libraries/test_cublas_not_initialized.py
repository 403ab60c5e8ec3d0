"""cublas-not-initialized."""

from doctor.diagnose import remedies_of
from doctor.facts import Host, Python
from doctor.rules import load
from tests.rules.judging import facts_of, points_to

RULE = "cublas-not-initialized"


def test_the_target_is_asked_for_the_smallest_product():
    facts = facts_of(host=Host(os="linux"), python=Python(executable="/env/bin/python"))
    ask, blocking = remedies_of(load(RULE), facts)
    assert ask.commands[0][:2] == ("/env/bin/python", "-c")
    assert blocking.commands == (("env", "CUDA_LAUNCH_BLOCKING=1", "/env/bin/python", "PROGRAM.py"),)


def test_texts():
    line = "RuntimeError: CUDA error: CUBLAS_STATUS_NOT_INITIALIZED when calling `cublasCreate(handle)`"
    assert points_to(RULE, line)
    line = "RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"
    assert points_to(RULE, line)
    assert not points_to(RULE, "RuntimeError: cuDNN error: CUDNN_STATUS_NOT_INITIALIZED")

"""cuda-operation-not-supported."""

from doctor import rules
from doctor.diagnose import remedies_of
from tests.rules.hosts import UBUNTU
from tests.rules.judging import facts_of, points_to

RULE = "cuda-operation-not-supported"


def test_runtime_driver_and_nccl():
    assert points_to(RULE, "RuntimeError: CUDA error: operation not supported")
    assert points_to(RULE, "CUDA Runtime Error: operation not supported at /src/diffvg/scene.cpp:35")
    assert points_to(RULE, "RuntimeError: cuda runtime error (71) : operation not supported at StorageSharing.cpp:245")
    assert points_to(RULE, "CUDA_ERROR_NOT_SUPPORTED")


def test_other_refusals_are_none():
    assert not points_to(RULE, "RuntimeError: CUDA error: operation not permitted when stream is capturing")
    assert not points_to(RULE, "CUDA error: OS call failed or operation not supported on this OS")
    assert not points_to(RULE, "OSError: [Errno 95] Operation not supported")
    assert not points_to(RULE, "RuntimeError: Tensors of type SparseTensorImpl: operation not supported")


def test_the_allocator_is_set_back():
    _, run, _ = remedies_of(rules.load(RULE), facts_of(host=UBUNTU))
    assert run.commands[0][:5] == ("env", "-u", "PYTORCH_CUDA_ALLOC_CONF", "-u", "PYTORCH_ALLOC_CONF")

"""platform-unsupported-by-project."""

from tests.rules.judging import points_to

RULE = "platform-unsupported-by-project"


def test_texts():
    assert points_to(RULE, "RuntimeError: FlashAttention only supports Ampere GPUs or newer.")
    assert points_to(RULE, "RuntimeError: Found X which is too old to be supported by the triton GPU compiler, which")
    assert not points_to(RULE, "Found GPU0 X which is of cuda capability 3.5. PyTorch no longer supports it")
    assert points_to(RULE, "vLLM only supports Linux platform (including WSL).")
    assert not points_to(RULE, "RuntimeError: No CUDA GPUs are available")
    line = "NVIDIA GeForce RTX 5090 with CUDA capability sm_120 is not compatible with the current PyTorch"
    assert not points_to(RULE, line)

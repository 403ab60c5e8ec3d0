"""platform-unsupported-by-project."""

from doctor.facts import ErrorText, Gpu, Intel, Nvidia, Torch
from doctor.model import Severity
from tests.rules.judging import finding, points_to

RULE = "platform-unsupported-by-project"
CARD = Intel(gpus=("Intel(R) Arc(TM) B570 Graphics",))
ASKED = ErrorText("AssertionError: Torch not compiled with CUDA enabled")


def test_a_program_for_cuda_on_a_gpu_of_intel_s():
    for facts in ({"intel": CARD}, {"torch": Torch(version="2.8.0+xpu", build="xpu")}):
        found = finding(RULE, error=ASKED, **facts)
        assert found is not None
        assert found.severity is Severity.ERROR
        assert "xpu" in found.message
    assert "XPU" in finding(RULE, error=ASKED, intel=CARD).remedies[0].title


def test_quiet_where_another_build_is_what_is_missing():
    assert finding(RULE, error=ASKED, intel=CARD, torch=Torch(version="2.8.0+cpu", build="cpu")) is None
    assert finding(RULE, error=ASKED, intel=CARD, nvidia=Nvidia(gpus=(Gpu("NVIDIA L4"),))) is None
    assert finding(RULE, error=ASKED, intel=Intel(gpus=("Intel UHD Graphics 730",))) is None
    assert finding(RULE, intel=CARD) is None


def test_texts():
    assert points_to(RULE, "RuntimeError: FlashAttention only supports Ampere GPUs or newer.")
    assert points_to(RULE, "RuntimeError: Found X which is too old to be supported by the triton GPU compiler, which")
    assert not points_to(RULE, "Found GPU0 X which is of cuda capability 3.5. PyTorch no longer supports it")
    assert points_to(RULE, "vLLM only supports Linux platform (including WSL).")
    assert not points_to(RULE, "RuntimeError: No CUDA GPUs are available")
    line = "NVIDIA GeForce RTX 5090 with CUDA capability sm_120 is not compatible with the current PyTorch"
    assert not points_to(RULE, line)

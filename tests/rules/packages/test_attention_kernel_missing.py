"""attention-kernel-missing."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Gpu, Host, Nvidia
from tests.rules.judging import facts_of, is_cleared, is_open, points_to

RULE = "attention-kernel-missing"
BUILT = "xFormers was built for: PyTorch 2.1.2+cu121 with CUDA 1201 (you have {})"


def titles(text):
    return [r.title for r in remedies_of(rules.load(RULE), facts_of(host=Host(os="linux"), error=ErrorText(text)))]


def test_torchs_own_attention_and_where_torch_has_no_cuda_a_build_that_has():
    assert "PyTorch's own attention" in titles(BUILT.format("2.2.0+cu118"))[0]
    assert not any("attention" in title for title in titles(BUILT.format("2.1.2+cpu")))


def test_texts():
    assert points_to(RULE, "RuntimeError: FlashAttention only supports Ampere GPUs or newer.")
    assert not points_to(RULE, "UserWarning: 1Torch was not compiled with flash attention.")


def test_flashinfer_calls_a_gpu_too_old_that_it_does_not_know():
    told = ErrorText("RuntimeError: FlashInfer requires GPUs with sm75 or higher")
    assert is_cleared(RULE, error=told, nvidia=Nvidia(gpus=(Gpu("NVIDIA RTX PRO 6000", compute_capability="12.0"),)))
    for old in (Gpu("Tesla V100-SXM2-16GB"), Gpu("NVIDIA Unheard Of")):
        assert is_open(RULE, error=told, nvidia=Nvidia(gpus=(old,)))

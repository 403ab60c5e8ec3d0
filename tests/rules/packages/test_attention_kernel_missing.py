"""attention-kernel-missing."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host
from tests.rules.judging import facts_of, points_to

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

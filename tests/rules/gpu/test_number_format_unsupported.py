"""number-format-unsupported: more of its texts are in tests/explain/examples."""

from doctor import explain, rules
from doctor.diagnose import remedies_of
from tests.rules.judging import facts_of, points_to

RULE = "number-format-unsupported"


def test_another_format_first_and_then_a_look_at_the_gpu():
    other, look = remedies_of(rules.load(RULE), facts_of())
    assert "float16" in other.title and not other.commands and look.commands


def test_it_is_not_the_release_of_torch():
    first, *_ = explain.causes("ValueError: bf16 mixed precision requires PyTorch >= 1.10 and a supported device.")
    assert first.rule == RULE


def test_near_misses():
    assert not points_to(RULE, "UserWarning: this GPU supports bfloat16")
    assert not points_to(RULE, "ptxas error : Feature '.multimem' requires .target sm_90 or higher")

"""torch-too-new-for-library: its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText
from tests.rules.judging import facts_of, points_to

RULE = "torch-too-new-for-library"


def titles(text):
    return [remedy.title for remedy in remedies_of(rules.load(RULE), facts_of(error=ErrorText(text=text)))]


def test_an_older_torch_is_offered_where_there_is_one():
    assert len(titles("ModuleNotFoundError: No module named 'torch._six'")) == 2
    assert len(titles("AttributeError: module 'torch' has no attribute 'irfft'")) == 1


def test_near_misses():
    assert not points_to(RULE, "fatal error: ATen/ATen.h: No such file or directory")
    assert not points_to(RULE, "module 'torch' has no attribute 'compile'")

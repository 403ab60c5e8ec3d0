"""Every example's text names its cause first, and none that it must not."""

import pytest

from doctor import rules
from doctor.explain import causes
from tests.explain import example_files


@pytest.mark.parametrize("example", example_files.every(), ids=str)
def test_example(example):
    found = [cause.rule for cause in causes(example.text)]
    assert (found[0] if found else "") == example.first
    assert not set(example.never) & set(found)


def test_examples_are_of_rules():
    named = {name for e in example_files.every() for name in (e.rule, e.first, *e.never) if name}
    assert named <= set(rules.names())

"""Every example's text names its cause first, and none that it must not; every expression is needed by one."""

from functools import cache

from doctor import rules
from doctor.explain.rank import rank
from doctor.explain.scan import scan
from tests.each import each
from tests.explain import example_files

scanned = cache(scan)


@each("example", example_files.every, ids=str)
def test_example(example):
    found = [cause.rule for cause in rank(scanned(example.text))]
    assert (found[0] if found else "") == example.first
    assert not set(example.never) & set(found)


def test_examples_are_of_rules():
    named = {name for e in example_files.every() for name in (e.rule, e.first, *e.never) if name}
    assert named <= set(rules.names())


def test_every_expression_is_needed_by_an_example():
    found = {
        (match.signature.rule, match.signature.place)
        for e in example_files.every()
        for match in scanned(e.text).matches
    }
    unneeded = [
        f"{rule.id}: {expression}"
        for rule in rules.all_rules()
        for place, expression in enumerate(rule.signatures)
        if (rule.id, place) not in found
    ]
    assert not unneeded, "no example's text holds what these look for:\n" + "\n".join(unneeded)

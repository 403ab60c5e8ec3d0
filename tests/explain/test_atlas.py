"""The atlas as data: every file reads, every entry tells something, every rule it names is there."""

from functools import cache

from doctor import rules
from doctor.explain import atlas
from doctor.explain.atlas import Concern
from tests.each import each


@cache
def entries():
    return [(name, entry) for name in atlas.books() for entry in atlas.book(name).entries]


@each("name", atlas.books)
def test_a_book_has_no_entry_twice(name):
    told = [(entry.name, entry.code, entry.text, entry.where) for entry in atlas.book(name).entries]
    assert len(told) == len(set(told))
    assert all(any((name, code is not None, text)) for name, code, text, _ in told)


def test_rules_named_are_known():
    unknown = {rule for _, entry in entries() for rule in entry.rules} - set(rules.names())
    assert not unknown


def test_what_concerns_the_environment_says_what_it_means():
    silent = [
        (name, entry.name or entry.text)
        for name, entry in entries()
        if entry.concern in (Concern.ENVIRONMENT, Concern.HARMLESS) and not entry.meaning
    ]
    assert not silent


def test_several_causes_come_with_what_tells_them_apart():
    alike = [(name, entry.name or entry.text) for name, entry in entries() if len(entry.rules) > 1 and not entry.apart]
    assert not alike

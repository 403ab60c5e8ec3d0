from __future__ import annotations

import re
import sys
import time

import pytest

from doctor import rules
from doctor.explain import causes
from doctor.explain.scan import _WINDOW
from doctor.explain.signatures import index, signatures

SIGNATURES = [pytest.param(s, id=f"{s.rule}-{s.place}") for s in signatures()]
LONGEST = 4 * _WINDOW  # more than an expression ever gets to see
MAX_CPU_S = 0.25  # a linear expression needs a few thousandths; one that explodes never ends


def test_every_signature_has_literals_to_search_for():
    assert [(s.rule, s.expression.pattern) for s in index().always] == []


@pytest.mark.parametrize("signature", SIGNATURES)
def test_no_signature_explodes_on_hostile_lines(signature):
    literals = sorted(signature.needs[0], key=len)[0].decode()
    text = _words(signature.expression.pattern)
    fillers = ("a", " ", "0", "(", ".", "'", "x ", "a.", f"{literals} ", f"{text} ")
    seconds = {filler: _seconds(signature.expression, filler) for filler in fillers}
    assert max(seconds.values()) < MAX_CPU_S, max(seconds, key=seconds.__getitem__)


def _words(pattern: str) -> str:
    """The plain text of an expression, roughly: what gets an attempt to match furthest."""
    return re.sub(r"\\.|\(\?[:<=!iP]+|[()\[\]{}^$*+?|]", "", pattern)[:60]


def _seconds(expression: re.Pattern[str], filler: str) -> float:
    """CPU time, the better of two: other work on the machine must not count."""
    line = (filler * (LONGEST // len(filler) + 1))[:LONGEST]
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        expression.search(line)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("rule", [pytest.param(r, id=r.id) for r in rules.all_rules()])
def test_signatures_are_strings_over_single_lines(rule):
    assert isinstance(rule.signatures, tuple)
    assert len(set(rule.signatures)) == len(rule.signatures)
    for text in rule.signatures:
        assert "\n" not in text
        assert not re.compile(text).search(""), "it matches everything"


def test_explained_rules_exist():
    known = set(rules.names())
    assert [(r.id, e) for r in rules.all_rules() for e in r.explains if e not in known] == []


@pytest.mark.skipif(sys.platform == "win32", reason="resource limits are POSIX's")
def test_a_large_log_is_searched_in_bounded_memory():
    import tracemalloc

    from doctor.explain import Scanner

    index()
    line = b"2024-01-02 03:04:05 [INFO] rank 3 epoch %d loss 0.%d torch cuda nccl error device worker memory\n"
    tracemalloc.start()
    scanner = Scanner()
    for block in range(8):
        scanner.feed(b"".join(line % (block, i) for i in range(10_000)))
    found = scanner.finish()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.lines == 80_000
    assert peak < 40_000_000


def test_one_endless_line():
    assert causes("a" * 5_000_000 + " Torch not compiled with CUDA enabled " + "b" * 3_000_000)

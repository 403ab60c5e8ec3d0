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
LENGTHS = (_WINDOW, 4 * _WINDOW)  # a line that is searched is at most two windows long
GROWTH = 30.0  # four times the text: 4 when linear, 16 when quadratic with bounds, hundreds when it explodes


def test_every_signature_has_literals_to_search_for():
    assert [(s.rule, s.expression.pattern) for s in index().always] == []


@pytest.mark.parametrize("signature", SIGNATURES)
def test_no_signature_explodes_on_hostile_lines(signature):
    literals = sorted(signature.needs[0], key=len)[0].decode()
    text = _words(signature.expression.pattern)
    fillers = ("a", " ", "0", "(", ".", "'", "x ", "a.", f"{literals} ", f"{text} ")
    slowest = max(_seconds(signature.expression, filler, LENGTHS[1]) for filler in fillers)
    if slowest < 0.02:
        return
    filler = max(fillers, key=lambda f: _seconds(signature.expression, f, LENGTHS[1]))
    growth = slowest / max(1e-6, _seconds(signature.expression, filler, LENGTHS[0]))
    assert growth < GROWTH, f"{filler!r}: {slowest:.3f} s"


def _words(pattern: str) -> str:
    """The plain text of an expression, roughly: what gets an attempt to match furthest."""
    return re.sub(r"\\.|\(\?[:<=!iP]+|[()\[\]{}^$*+?|]", "", pattern)[:60]


def _seconds(expression: re.Pattern[str], filler: str, length: int) -> float:
    line = (filler * (length // len(filler) + 1))[:length]
    start = time.perf_counter()
    expression.search(line)
    return time.perf_counter() - start


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


def test_unbounded_repeats_are_kept_out():
    """`.*` between two parts makes a line of repeated parts quadratic; `.{0,80}` does not."""
    assert [s.expression.pattern for s in signatures() if re.search(r"(?<!\\)\.[*+]", s.expression.pattern)] == []


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

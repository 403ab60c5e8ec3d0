from __future__ import annotations

import re
import sys

import pytest

from doctor import rules
from doctor.explain import causes
from doctor.explain.block import WINDOW
from doctor.explain.signatures import index, signatures
from tests.each import each
from tests.explain.backtracking import steps

LONGEST = 4 * WINDOW  # more than an expression ever gets to see
MANY_STEPS = 1e9  # of the engine: some seconds
PATTERNS: dict[str, list[str]] = {}
for one in signatures():
    PATTERNS.setdefault(one.rule, []).append(one.pattern)


def test_every_signature_has_literals_to_search_for():
    assert [(s.rule, s.pattern) for s in index().always] == []


@each("rule", PATTERNS)
def test_no_line_keeps_a_signature_busy(rule):
    assert [pattern for pattern in PATTERNS[rule] if steps(pattern, LONGEST) >= MANY_STEPS] == []


@pytest.mark.parametrize(
    "pattern", [r"(a+)+b", r"(?:\w+\s?)*:", r"(?:a|a)*b", r"- x(?:[= ]\S*)*\s*$", r".*.*x", r"x.*y.*z", r"\s*\s*x"]
)
def test_expressions_that_explode(pattern):
    assert steps(pattern, LONGEST) > MANY_STEPS


@pytest.mark.parametrize(
    "pattern",
    [
        r"torch .*cuda",
        r"(?:a|b)*c",
        r"(?:[\w.]+\s)*:",
        r"\d+\.\d+",
        r"(?:ab|ac)(?:b|c)*d",
        r"libomp\S{0,60}\.so\S*: not found",
        "x",
    ],
)
def test_expressions_that_do_not(pattern):
    assert steps(pattern, LONGEST) < MANY_STEPS


@each("rule", rules.all_rules, ids=lambda rule: rule.id)
def test_signatures_are_strings_over_single_lines(rule):
    assert isinstance(rule.signatures, tuple)
    assert len(set(rule.signatures)) == len(rule.signatures)
    for text in rule.signatures:
        assert "\n" not in text
        assert not re.compile(text).search(""), "it matches everything"


def test_explained_rules_exist():
    known = set(rules.names())
    assert [(r.id, e) for r in rules.all_rules() for e in r.explains if e not in known] == []


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform == "win32", reason="resource limits are POSIX's")
def test_a_large_log_is_searched_in_bounded_memory():
    import tracemalloc

    from doctor.explain import Scanner

    index()
    line = b"2024-01-02 03:04:05 [INFO] rank 3 epoch %d loss 0.%d torch cuda nccl error device worker memory\n"
    peaks = []
    tracemalloc.start()
    scanner = Scanner()
    for block in range(4):
        tracemalloc.reset_peak()
        scanner.feed(b"".join(line % (block, i) for i in range(5_000)))
        peaks.append(tracemalloc.get_traced_memory()[1])
    found = scanner.finish()
    tracemalloc.stop()
    assert found.lines == 20_000
    assert max(peaks) < 30_000_000
    assert peaks[3] - peaks[1] < 1_000_000  # it grows with the text no more


def test_one_endless_line():
    assert causes("a" * 5_000_000 + " Torch not compiled with CUDA enabled " + "b" * 3_000_000)

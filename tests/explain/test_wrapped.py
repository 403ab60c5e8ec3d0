"""Lines that were wrapped, with something at the margin of each."""

import pytest

from doctor.explain import causes
from doctor.explain.wrapped import Wrapped

LINES = (
    "error: Distribution `torch==2.6.0 @ registry+https://x/y` can't be",
    "installed because it doesn't have a source",
    "distribution or wheel for the current platform",
)
MARGINS = {
    "a hanging indent": "\n       ",
    "blank lines": "\n\n",
    "quoted": "\n> ",
    "a rule": "\n  │   ",
    "a rank": "\n[rank1]: ",
    "a container": "\nbuild-1  | ",
    "a clock": "\n2026-02-03T04:05:06.789Z ",
}


@pytest.mark.parametrize("margin", MARGINS.values(), ids=MARGINS)
def test_what_stands_at_the_margin_is_no_part_of_it(margin: str):
    found = causes("Resolved 40 packages in 3ms\n" + margin.join(LINES) + "\nmake: *** [setup] Error 2")
    assert [(cause.rule, cause.line_number) for cause in found][:1] == [("wrong-index-or-platform", 2)]


def test_lines_with_something_between_them_are_not_one():
    assert not causes(LINES[0] + "\nand then, much later\nsomebody wrote\nthat it was not\n" + LINES[2])


def test_positions_are_those_of_lines():
    text = Wrapped(b"one two\n\n   three Four\n[rank0]: five four\n")
    assert list(text.positions(b"two three")) == [0]
    assert list(text.positions(b"four five")) == [9]
    assert list(text.positions(b"four five four")) == [9]
    assert list(text.positions(b"three four")) == []  # no word but the last ends a line: it is found without


def test_nothing_but_prefixes():
    text = Wrapped(b"[rank0]: \n[rank1]: \n")
    assert list(text.positions(b": x")) == []
    assert text.around(0, 4, 10) == b""

"""Regular expressions do not go over a line again from each of its places; `scripts/growth.py expressions` has all."""

from __future__ import annotations

import pytest

from tests.each import each
from tests.growth.expressions import Expression, expressions, worst

EVERY = 8  # all of them take a minute
ROOMS = ("bootstrap", "cli", "collect", "dataloader", "files", "fix", "lint")
BOUNDED = {  # by what they are given
    r"(?:[A-Za-z]:|~)?(?:[^\s:]*[\\/])?[^\s:]+\.(?:txt|log|out|err|md)": "words of less than 1,000 characters",
}


def sample() -> list[Expression]:
    return [one for room in ROOMS for one in expressions(room)][::EVERY]


@each("one", sample)
def test_work_grows_with_the_line(one: Expression) -> None:
    assert one.pattern in BOUNDED or worst(one) == (1.0, "")


@pytest.mark.parametrize("pattern", [r"\s*\n", r"\w*Warning:", r"[\w.-]*(?:token)[\w.-]*=", r"(?m)^\s*print"])
def test_what_is_quadratic_is_found(pattern: str) -> None:
    assert worst(Expression("x.py", pattern, 0, anywhere=True))[0] > 8


def test_what_is_linear_is_not_found() -> None:
    assert worst(Expression("x.py", r"(?<!\S)\S+:", 0, anywhere=True)) == (1.0, "")

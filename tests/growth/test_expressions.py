"""Regular expressions do not go over a line again from each of its places."""

from __future__ import annotations

import pytest

from tests.growth.expressions import BOUNDS, Expression, bound, expressions, worst


@pytest.mark.parametrize("part", range(4))
def test_work_grows_with_the_line(part: int) -> None:
    """Of all that nothing else bounds."""
    free = [one for one in expressions() if not bound(one)]
    found = {one: unit for one in free[part::4] if (unit := worst(one)[1])}
    assert not found


def test_every_bound_is_of_something() -> None:
    assert all(any(one.where.startswith(where) for one in expressions()) for where in BOUNDS)


QUADRATIC = (
    *(r"\s*\n", r"\w*Warning:", r"[\w.-]*(?:token)[\w.-]*=", r"(?m)^\s*print", r"satisfies the (\S+).*?\(from"),
    *(r"([a-z][\w.-]*)\s+-+\s+\d", r"0x\w+.*%$", r"(?:\d{1,3},?)+:"),
)


@pytest.mark.parametrize("pattern", QUADRATIC)
def test_what_is_quadratic_is_found(pattern: str) -> None:
    assert worst(Expression("x.py", pattern, 0))[0] > 8


def test_what_is_linear_is_not_found() -> None:
    assert worst(Expression("x.py", r"(?<!\S)\S+:", 0)) == (1.0, "")

"""The work of every reader grows with its input, not with its square; `scripts/growth.py` measures more and longer."""

from __future__ import annotations

import pytest

from tests.growth.calls import outgrowing
from tests.growth.kinds import EVERY, IN_A_RUN
from tests.growth.measure import Growth, Kind, grow

LIMIT = 1.5  # linear is 1, quadratic 2
LEAST_S = 0.001


@pytest.mark.parametrize(("reader", "name"), IN_A_RUN)
def test_work_grows_with_the_input(reader: str, name: str) -> None:
    found = grow(EVERY[reader][name], LEAST_S, LIMIT)
    assert found.exponent <= LIMIT, found


@pytest.mark.parametrize(("reader", "name"), [*IN_A_RUN, ("lint", "OpenCV in datasets in one loop")])
def test_calls_grow_with_the_input(reader: str, name: str) -> None:
    assert outgrowing(EVERY[reader][name]) == {}


def test_calls_of_a_loop_in_a_loop_are_found() -> None:
    quadratic = Kind(lambda n: [abs(i - j) for i in range(n) for j in range(n)], int)
    (found,) = outgrowing(quadratic)
    assert "abs" in found


def test_what_is_quadratic_is_found() -> None:
    quadratic = Kind(lambda n: [sum(range(n)) for _ in range(n)], int, most=3200, least=200)
    assert grow(quadratic, LEAST_S, LIMIT).exponent > LIMIT
    assert Growth((1, 4, 16), (1.0, 4.0, 64.0)).exponent == 2

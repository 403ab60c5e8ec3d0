"""Thousands of cases that are alike in one test: as tests of their own, each costs more than most of them do."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pytest

from doctor import privacy

LIMIT_S = 3600  # the limit of one test is not meant for thousands on a busy machine
CASE = TypeVar("CASE")

most: int | None = None  # so many cases of a test, evenly spread; None: all
left_out = 0


def each(
    names: str | tuple[str, ...],
    cases: Iterable[Any] | Callable[[], Iterable[Any]],
    ids: Callable[[Any], object] = repr,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """In place of `pytest.mark.parametrize`: every case is tried, and each that fails is told with what it failed of.

    `cases`: or what makes them, which is then asked when the test runs and not when it is collected.
    """

    def decorate(check: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(check)
        def test(**fixtures: Any) -> None:
            tried = _chosen([*(cases() if callable(cases) else cases)])
            assert tried, "there is no case"
            ended = [_failure(check, {**fixtures, **_named(names, case)}, ids(case)) for case in tried]
            failures = [failure for failure in ended if failure]
            if failures:
                raise ExceptionGroup(f"{len(failures)} of {len(tried)} cases", failures)

        ours = (names,) if isinstance(names, str) else names
        theirs = inspect.signature(check).parameters.values()
        test.__signature__ = inspect.Signature([one for one in theirs if one.name not in ours])  # type: ignore[attr-defined]
        return pytest.mark.timeout(LIMIT_S)(test)

    return decorate


def spread(cases: list[CASE], most: int) -> list[CASE]:
    """The first, the last and those evenly between."""
    if len(cases) <= most:
        return cases
    return [cases[round(place * (len(cases) - 1) / (most - 1))] for place in range(most)]


def _chosen(cases: list[CASE]) -> list[CASE]:
    global left_out
    chosen = cases if most is None else spread(cases, most)
    left_out += len(cases) - len(chosen)
    return chosen


def _named(names: str | tuple[str, ...], case: Any) -> dict[str, Any]:
    return {names: case} if isinstance(names, str) else dict(zip(names, case, strict=True))


def _failure(check: Callable[..., None], arguments: dict[str, Any], name: object) -> Exception | None:
    privacy.forget()  # as before every test
    try:
        check(**arguments)
    except Exception as failure:  # noqa: BLE001 - whatever a case ends with, the others are tried
        failure.add_note(f"the case: {name}")
        return failure
    return None

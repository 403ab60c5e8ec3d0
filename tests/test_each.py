"""A test of many cases tries all of them, and tells those that failed."""

import pytest

from tests import each as cells
from tests.each import each


@each("number", range(5))
def halves(number: int) -> None:
    assert number % 2 == 0, f"{number} is odd"


@each(("text", "length"), lambda: [("a", 1), ("bb", 2)], ids=lambda case: case[0])
def test_of_two_names_made_when_it_runs(text: str, length: int, tmp_path) -> None:
    assert len(text) == length and tmp_path.is_dir()


def test_all_failures_are_told_with_their_cases() -> None:
    with pytest.raises(ExceptionGroup, match="2 of 5 cases") as told:
        halves()
    assert [(str(one).splitlines()[0], one.__notes__) for one in told.value.exceptions] == [
        ("1 is odd", ["the case: 1"]),
        ("3 is odd", ["the case: 3"]),
    ]


@each("one", ())
def of_nothing(one: object) -> None:
    pass


def test_no_case_is_a_failure() -> None:
    with pytest.raises(AssertionError, match="no case"):
        of_nothing()


def test_so_many_cases_as_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    @each("one", range(9))
    def sees(one: int) -> None:
        seen.append(one)

    monkeypatch.setattr(cells, "most", 3)
    monkeypatch.setattr(cells, "left_out", 0)
    sees()
    assert (seen, cells.left_out) == ([0, 4, 8], 6)

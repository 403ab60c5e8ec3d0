"""A test of many cases tries all of them, and tells those that failed."""

import pytest

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


def test_no_case_is_a_failure() -> None:
    with pytest.raises(AssertionError, match="no case"):
        each("one", ())(lambda one: None)()

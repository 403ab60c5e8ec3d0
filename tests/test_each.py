"""A test of many cases tries all of them, and tells those that failed."""

import pytest

from tests.each import each, spread


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
    @each("one", ())
    def nothing(one: object) -> None: ...

    with pytest.raises(AssertionError, match="no case"):
        nothing()


def test_some_of_many_are_the_first_the_last_and_those_between() -> None:
    assert spread(range(100), 4) == [0, 33, 66, 99]
    assert spread("ab", 4) == ["a", "b"]

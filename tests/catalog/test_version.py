"""Versions: read whatever the text, and put in one order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version as Pep440

from doctor import catalog
from doctor.catalog import Version

ODD = ["N/A", "", "2.3x", "9" * 5000, f"2.{'9' * 5000}", "v", ".", "22H2", "٣.١", "[2.3]"]
texts = st.one_of(
    st.text(max_size=40),
    st.sampled_from(ODD),
    st.from_regex(r"v?\d{1,6}(\.\d{1,6}){0,4}[-+.a-z\d]{0,12}", fullmatch=True),
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2.8.0+cu128", (2, 8, 0)),
        ("535.104.05", (535, 104, 5)),
        ("535", (535,)),
        ("v14.38.33135.00", (14, 38, 33135, 0)),
        ("2.7.0.dev20250310+cu124", (2, 7, 0)),
        ("2.3.0a0+ebedce2", (2, 3, 0)),
        ("3.15.0rc1", (3, 15, 0)),
        ("5.15.167.4-microsoft-standard-WSL2", (5, 15, 167, 4)),
        ("6.12.0_1", (6, 12, 0)),
        (" 12.4 ", (12, 4)),
    ],
)
def test_the_numbers_a_version_begins_with(text: str, numbers: tuple[int, ...]) -> None:
    assert Version.of(text) == numbers


@pytest.mark.parametrize("text", [*ODD, None, "abc", "-1.2", "2.3xyz"])
def test_what_is_no_version_is_not_known(text: str | None) -> None:
    assert not Version.of(text)
    assert str(Version.of(text)) == ""


@given(texts)
def test_any_text_is_read(text: str) -> None:
    version = Version.of(text)
    assert Version.of(str(version)) == version


@given(texts, texts, texts)
def test_the_order_is_total(one: str, two: str, three: str) -> None:
    a, b, c = sorted(map(Version.of, (one, two, three)))
    assert a <= b <= c
    assert a <= c
    assert (a < b) + (a == b) + (a > b) == 1


@given(texts, texts)
def test_what_is_not_known_is_older_than_nothing_and_nothing_is_older_than_it(one: str, two: str) -> None:
    version, floor = Version.of(one), Version.of(two)
    older = version.older_than(two)
    assert isinstance(older, bool)
    assert not (older and not (version and floor))
    assert not (older and floor.older_than(one))


@pytest.mark.parametrize(
    ("seen", "floor", "older"),
    [
        ("535.54.03", "580", True),
        ("470", "525.60.13", True),
        ("525", "525.60.13", False),  # any 525, perhaps the newest
        ("525.60", "525.60.13", False),
        ("525.60.12", "525.60.13", True),
        ("12.2", "12.3", True),
        ("13", "12.3", False),
        ("2.28", "2.17", False),
        (None, "2.28", False),
        ("N/A", "2.28", False),
        ("2.17", "", False),
    ],
)
def test_compared_as_far_as_it_is_told(seen: str | None, floor: str, older: bool) -> None:
    assert Version.of(seen).older_than(floor) is older


def test_the_first_numbers() -> None:
    assert str(Version.of("3.12.4").cut(2)) == "3.12"
    assert Version.of("3").cut(2) == (3,)


def test_releases_stand_in_the_order_of_pep_440() -> None:
    torches = [row.torch for row in catalog.all_releases()]
    assert torches == sorted(torches, key=Pep440, reverse=True)

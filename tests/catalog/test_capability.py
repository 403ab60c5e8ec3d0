"""Compute capabilities: "8.9", sm_89 and (8, 9) are one thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doctor.catalog import Capability, runs_on

texts = st.one_of(st.text(max_size=12), st.sampled_from(["N/A", "", "9" * 5000, "٨.٩", "gfx1100"]))


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("8.9", (8, 9)),
        ("sm_89", (8, 9)),
        ("compute_90a", (9, 0)),
        ("sm_103f", (10, 3)),
        ("89", (8, 9)),
        ("120", (12, 0)),
        ("12.1", (12, 1)),
        (" 8.6\n", (8, 6)),
    ],
)
def test_the_ways_it_is_written(text: str, known: tuple[int, int]) -> None:
    found = Capability.of(text)
    assert found == known
    assert found and Capability.of(str(found)) == Capability.of(found.sm) == known


@pytest.mark.parametrize("text", [None, "", "N/A", "8", "8.", "8.99", "1200", "sm_", "sm_8x", "gfx1100", "9" * 5000])
def test_what_names_none(text: str | None) -> None:
    assert Capability.of(text) is None


@given(texts, texts)
def test_any_text_is_read(device: str, code: str) -> None:
    assert runs_on(device, (code,), cuda=code) in (True, False)


@given(st.integers(1, 99), st.integers(0, 9))
def test_there_and_back(major: int, minor: int) -> None:
    known = Capability(major, minor)
    assert Capability.of(str(known)) == Capability.of(known.sm) == known

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from doctor.explain.words import Words

LITERALS = (b"out of shared memory", b"sigill", b"winerror ", b": cannot open", b"on cuda", "找不到".encode())


def test_only_literals_whose_words_are_there():
    words = Words(LITERALS)
    assert words.literals_in(b"it is OUT of\nshared Memory") == [b"out of shared memory"]
    assert words.literals_in(b"nothing here") == []
    assert b"sigill" in words.literals_in(b"xSIGILLx")


@given(st.lists(st.sampled_from([*LITERALS, b" ", b"\n", b"x", b"7", b"\xff"]), max_size=12))
def test_a_literal_that_is_there_is_never_left_out(parts: list[bytes]):
    words, block = Words(LITERALS), b"".join(parts)
    flat = block.lower().replace(b"\n", b" ")
    for _ in range(2):  # the second time every word is known
        assert set(words.literals_in(block)) >= {literal for literal in LITERALS if literal in flat}

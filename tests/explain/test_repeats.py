from __future__ import annotations

from doctor.explain.repeats import Repeats
from doctor.explain.scan import BLOCK_BYTES, scan

STEP = "epoch 3 step {} of the run: loss 0.1234, nothing to see here\n"
MANY = "".join(map(STEP.format, range(10_000, 10_000 + 2 * BLOCK_BYTES // len(STEP))))


def found(text: str) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = {}
    for match in scan(text).matches:
        numbers.setdefault(match.signature.rule, []).append(match.line_number)
    return numbers


def kept(repeats: Repeats, *lines: bytes) -> list[int]:
    found = repeats.without(b"\n".join([*lines, *[b"again"] * 100]), 1)
    return [] if found is None else [number for number in found[1] if 0 < number <= len(lines)]


def test_a_line_that_was_there_is_left_out_whatever_its_numbers():
    repeats = Repeats(())
    assert kept(repeats, b"step 1", b"x", b"y", b"z", b"step 22", b"step 33") == [1, 2, 3, 4, 5, 6]
    assert kept(repeats, *[b"step 4"] * 6, b"new", *[b"step 5"] * 6) == [5, 6, 7, 8, 9]


def test_what_does_not_stand_together_is_kept_apart():
    repeats = Repeats(())
    repeats.without(b"a\n" * 100, 1)
    text, numbers = repeats.without(b"b\n" + b"a\n" * 50 + b"c\n" + b"a\n" * 50, 7) or (b"", [])
    assert text.startswith(b"b\na\na\n" + b"\n" * 6 + b"a\na\nc\na\na")
    assert numbers[:3] == [7, 8, 9]
    assert numbers[9:12] == [56, 57, 58]


def test_a_literal_with_digits_tells_lines_apart():
    repeats = Repeats((b"exit code 137",))
    assert kept(repeats, b"exit code 111") == [1]
    assert kept(repeats, *[b"exit code 222"] * 9, b"Exit code 137") == [8, 9, 10]
    assert kept(repeats, *[b"exit code 333"] * 9, b"Exit code 137") == []


def test_a_block_of_new_lines_is_searched_whole():
    assert Repeats(()).without(b"a\nb\nc\nd", 1) is None


def test_an_error_among_lines_that_repeat_is_found_in_its_place():
    error = "RuntimeError: CUDA error: no kernel image is available for execution on the device\n"
    end = MANY.index("\n", 3 * BLOCK_BYTES // 2) + 1
    line = MANY.count("\n", 0, end) + 1
    assert found(MANY[:end] + error + MANY[end:])["gpu-arch-newer-than-build"] == [line]


def test_an_error_whose_first_half_was_there_before_is_found():
    first, rest = "RuntimeError: CUDA error: no kernel image\n", "is available for execution on the device\n"
    end = MANY.index("\n", 3 * BLOCK_BYTES // 2) + 1
    line = MANY.count("\n", 0, end) + 2
    assert found(first + MANY[:end] + first + rest + MANY[end:])["gpu-arch-newer-than-build"] == [line]

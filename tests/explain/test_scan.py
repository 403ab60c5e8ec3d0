from __future__ import annotations

import pytest

from doctor.explain.scan import BLOCK_BYTES, Scanner, scan
from doctor.explain.signatures import Signature, SignatureIndex
from doctor.model import Severity

NEEDLE = "CUDA error: no kernel image is available for execution on the device"


def found(text: str) -> list[tuple[str, int]]:
    return [(m.signature.rule, m.line_number) for m in scan(text).matches if "gpu-arch" in m.signature.rule]


def test_line_numbers_count_from_one():
    assert found(f"a\nb\nRuntimeError: {NEEDLE}\n")[0][1] == 3


def test_a_line_that_a_terminal_has_wrapped():
    words = NEEDLE.split(" ")
    assert found("x\nRuntimeError: " + " ".join(words[:5]) + "\n" + " ".join(words[5:]) + "\ny")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_both_line_ends(newline: str):
    assert found(newline.join(["x", NEEDLE, "y"]))[0][1] == 2


def test_found_once_across_the_border_of_blocks():
    filler = "x" * 99 + "\n"
    for shift in range(-200, 200, 40):
        before = filler * ((BLOCK_BYTES + shift) // 100)
        line = before.count("\n") + 1
        matches = found(before + NEEDLE + "\n" + filler * 50)
        assert {number for _, number in matches} == {line}


def test_pieces_of_any_size_give_the_same():
    text = f"a\nb {NEEDLE}\nc\n".encode()
    scanner = Scanner()
    for byte in text:
        scanner.feed(bytes((byte,)))
    assert [m.line_number for m in scanner.finish().matches] == [m.line_number for m in scan(text.decode()).matches]


def test_repeated_lines_are_one_match():
    matches = scan(f"RuntimeError: {NEEDLE}\n" * 10_000).matches
    assert len({m.line_number for m in matches}) < 100


def test_control_sequences_do_not_hide_an_error_and_do_not_come_out():
    matches = scan(
        "\x1b[31mRuntimeError: CUDA error: \x1b[1mno kernel image is available for execution\x1b[0m on the device\x07"
    ).matches
    assert matches
    assert all(ord(c) >= 32 for m in matches for c in m.line)


def test_a_signature_without_literals_is_tried_on_every_line():
    one = Signature("x", "torch", Severity.ERROR, 0, r"^\d+$")
    scanner = Scanner(SignatureIndex({}, (one,)))
    scanner.feed(b"a\n42\n")
    assert [m.line_number for m in scanner.finish().matches] == [2]


@pytest.mark.parametrize("text", ["", "\n", "\x00" * 1000, "\ud800", "\xff\xfe"])
def test_odd_input(text: str):
    assert scan(text).matches == ()


@pytest.mark.parametrize(
    "text",
    [
        "NVIDIA-SMI has failed because it couldn’t communicate with the NVIDIA driver",
        "NVIDIA-SMI&nbsp;has failed because it couldn&#39;t communicate with the NVIDIA driver",
        r'{"log": "NVIDIA-SMI has failed because it couldn\'t communicate with the NVIDIA driver"}',
        "驱动装好了还是NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver怎么办",
        "| NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver |",
    ],
)
def test_what_pasting_did_hides_nothing(text: str):
    assert "driver-not-loaded" in {m.signature.rule for m in scan(text).matches}


def test_a_match_is_shown_as_the_text_has_it():
    text = "x\r\n50%\r“no kernel image is available for execution on the device” – it’s new\n"
    match = next(m for m in scan(text).matches if "gpu-arch" in m.signature.rule)
    assert match.line == "“no kernel image is available for execution on the device” – it’s new"
    assert (match.matched in match.line, match.line_number) == (True, 2)


def test_a_line_of_a_record_has_the_records_number():
    record = r'{"exc": "Traceback (most recent call last):\n  File \"a.py\", line 1\nRuntimeError: ' + NEEDLE + r'\n"}'
    match = next(m for m in scan(f"a\n{record}\n").matches if "gpu-arch" in m.signature.rule)
    assert (match.line, match.line_number) == (f"RuntimeError: {NEEDLE}", 2)


def test_a_line_that_a_terminal_cut_inside_a_word():
    line = f"RuntimeError: {NEEDLE}: the device is a newer one"
    assert found(f"{'x' * 80}\nok\n{'y' * 31} {line[:48]}\n{line[48:]}\n") == [("gpu-arch-newer-than-build", 3)]

"""A child on a terminal: what stays is kept, what is drawn over is only handed on."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from doctor.process import run
from tests.processes import code

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no terminals to give")

DRAWS = (
    "import sys; print(sys.stdout.isatty(), sys.stderr.isatty())\n"
    "print('\\x1b[2m10 %\\x1b[0m\\r\\x1b[2K20 %\\r\\x1b[2K', end='')\n"
    "print('done: ▓▓'); print('a warning', file=sys.stderr)"
)


def test_lines_are_kept_and_what_is_drawn_over_is_not() -> None:
    lines: list[str] = []
    drawn: list[str] = []
    ended = run(code(DRAWS), timeout_s=60, on_line=lines.append, on_screen=drawn.append)
    assert lines == ["True True", "done: ▓▓", "a warning"]
    assert drawn == ["10 %", "20 %"]
    assert (ended.stdout.splitlines(), ended.stderr) == (lines, "")


def test_the_last_words_are_kept_behind_hours_of_drawing() -> None:
    draws = "print('x' * 200 + '\\r', end='')\n" * 50 + "print('error: no space left')"
    assert run(code(draws), timeout_s=60, on_screen=len, max_bytes=1000).stdout == "error: no space left\n"


def test_a_line_break_that_comes_in_two_pieces_is_one() -> None:
    pieces = (
        "import os, time\nfor piece in (b'one\\r', b'\\ntwo\\r', b'three'):\n    os.write(1, piece); time.sleep(0.05)"
    )
    lines: list[str] = []
    drawn: list[str] = []
    run(code(f"import tty; tty.setraw(1)\n{pieces}"), timeout_s=60, on_line=lines.append, on_screen=drawn.append)
    assert (lines, drawn) == (["one", "three"], ["two"])


def test_without_it_there_is_no_terminal() -> None:
    assert (
        run(code("import sys; print(sys.stdout.isatty(), sys.stderr.isatty())"), timeout_s=60).stdout == "False False\n"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="counts its open files in /proc")
def test_nothing_stays_open(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    assert run([tmp_path / "nothing-here"], timeout_s=60, on_screen=len).not_started == "not found"
    assert run(code("pass"), timeout_s=60, on_screen=len).ok
    assert len(os.listdir("/proc/self/fd")) == before

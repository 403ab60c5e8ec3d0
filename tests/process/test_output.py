"""A child's output is read as it comes, whole lines at a time, and never without bound."""

from __future__ import annotations

from pathlib import Path

import pytest

from doctor.process import run
from tests.processes import code


def test_output_beyond_the_limit_is_dropped() -> None:
    ended = run(code("print('x' * 3_000_000); print('end')"), timeout_s=20, max_bytes=1000)
    assert ended.ok
    assert ended.stdout == "x" * 1000


def test_a_line_without_end_reaches_the_callback_in_pieces() -> None:
    lines: list[str] = []
    run(code("import sys; sys.stdout.write('x' * 300_000)"), timeout_s=20, max_bytes=1000, on_line=lines.append)
    assert sum(map(len, lines)) == 300_000
    assert max(map(len, lines)) <= 70_000


def test_lines_come_as_they_are_said(tmp_path: Path) -> None:
    """The child goes on only when its first line has been heard."""
    came: list[str] = []

    def hear(line: str) -> None:
        came.append(line)
        (tmp_path / "heard").touch()

    text = (
        "import os, time; print('first', flush=True)\n"
        f"while not os.path.exists({str(tmp_path / 'heard')!r}): time.sleep(0.01)\n"
        "print('second\\r\\nlast', end='', flush=True)"
    )
    assert run(code(text), timeout_s=60, on_line=hear).ok
    assert came == ["first", "second", "last"]


def test_a_callback_that_breaks_is_told_and_leaves_no_process() -> None:
    def breaks(line: str) -> None:
        raise RuntimeError(line)

    with pytest.raises(RuntimeError, match="hello"):
        run(code("print('hello'); print('x' * 1_000_000)"), timeout_s=20, on_line=breaks)


def test_bytes_that_are_no_text() -> None:
    ended = run(code("import sys; sys.stdout.buffer.write(b'\\xff\\xfeok')"), timeout_s=20)
    assert ended.stdout == "��ok"


def test_lines_end_as_here() -> None:
    """As children write them on Windows: expressions over lines do not have to know that."""
    ended = run(code(r"import sys; sys.stdout.buffer.write(b'one\r\ntwo\n 10%\r 20%\r\n')"), timeout_s=20)
    assert ended.stdout == "one\ntwo\n 10%\r 20%\n"

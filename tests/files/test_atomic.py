"""Files that another program has open for a moment, as virus scanners of Windows do."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from doctor.files import atomic
from doctor.files.journal import Journal
from doctor.model import DoctorError


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Windows, where a file stays open for as many pauses as the list gets; the pauses are not slept."""
    refusals: list[float] = []
    given = Path.replace

    def replace(what: Path, to: Path) -> Path:
        if refusals:
            raise PermissionError(13, "The process cannot access the file", str(what), 32)
        return given(what, to)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(time, "sleep", lambda _: refusals and refusals.pop())
    return refusals


def test_what_a_scanner_holds_for_a_moment_is_tried_again(held: list[float], tmp_path: Path) -> None:
    (tmp_path / "new").write_text("new")
    (tmp_path / "old").write_text("old")
    held += [0.0] * 3
    atomic.moved(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old").read_text() == "new" and not (tmp_path / "new").exists()


def test_what_stays_open_is_said_after_a_short_while(held: list[float], tmp_path: Path) -> None:
    held += [0.0] * 100
    with pytest.raises(PermissionError):
        atomic.moved(tmp_path / "new", tmp_path / "old")
    assert len(held) == 95


def test_elsewhere_a_refusal_is_one_at_once(held: list[float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    held += [0.0] * 100
    with pytest.raises(PermissionError):
        atomic.moved(tmp_path / "new", tmp_path / "old")
    assert len(held) == 100


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows keeps an open file from being replaced")
def test_a_file_that_is_open_names_its_reason_and_stays(tmp_path: Path) -> None:
    file = tmp_path / "pip.ini"
    file.write_bytes(b"old\r\n")
    with file.open("rb"), pytest.raises(DoctorError) as raised:
        Journal(tmp_path / "state").write(file, b"new\r\n", "a test")
    assert "open" in raised.value.hint and file.read_bytes() == b"old\r\n"
    Journal(tmp_path / "state").undo()
    assert file.read_bytes() == b"old\r\n"

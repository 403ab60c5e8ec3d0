"""Files that `--fix` writes: as a whole, in their own encoding and mode, the old bytes kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from doctor.files.journal import Journal
from doctor.lint.fix import fix_paths
from doctor.model import DoctorError
from tests.source.snippets import EVERYWHERE

BAD = "from torch.utils.data import DataLoader\nfor x in DataLoader(d, num_workers=2):\n    pass\n"


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Journal:
    kept = Journal(tmp_path / "journal")
    monkeypatch.setattr("doctor.files.journal.default_journal", lambda: kept)
    return kept


def fix(*paths: Path, yes: bool = True, dry_run: bool = False) -> tuple[int, str]:
    out: list[str] = []
    return fix_paths(
        [str(p) for p in paths], EVERYWHERE, (), confirm=lambda _: yes, dry_run=dry_run, show=out.extend
    ), "\n".join(out)


def test_encoding_line_ends_and_mode_survive_and_the_change_can_be_undone(tmp_path: Path, journal: Journal) -> None:
    old = ("# coding: latin-1\n# \xe9t\xe9\n" + BAD).replace("\n", "\r\n").encode("latin-1")
    file = tmp_path / "train.py"
    file.write_bytes(old)
    file.chmod(0o755)
    mode = file.stat().st_mode
    written, diff = fix(file)
    assert written == 1
    assert '+if __name__ == "__main__":' in diff
    new = file.read_bytes()
    assert b"\xe9t\xe9\r\n" in new
    assert new.count(b"\n") == new.count(b"\r\n") == old.count(b"\n") + 1
    assert file.stat().st_mode == mode
    journal.undo("last")
    assert file.read_bytes() == old


def test_nothing_is_written_in_a_dry_run_or_without_an_answer(tmp_path: Path, journal: Journal) -> None:
    file = tmp_path / "train.py"
    file.write_text(BAD)
    assert fix(file, dry_run=True)[0] == 0
    assert fix(file, yes=False)[0] == 0
    assert file.read_text() == BAD
    assert journal.changes() == ()


def test_notebooks_and_what_cannot_be_read_are_left_alone(tmp_path: Path, journal: Journal) -> None:
    for name, data in {"a.ipynb": b"{}", "b.py": b"DataLoader(\n", "c.py": b"x = '\xff' # DataLoader"}.items():
        (tmp_path / name).write_bytes(data)
    assert fix(tmp_path) == (0, "")


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "train.py"
    file.write_text(BAD)
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the journal's folder would be")
    monkeypatch.setattr("doctor.files.journal.default_journal", lambda: Journal(blocked))
    with pytest.raises(DoctorError):
        fix(file)
    assert file.read_text() == BAD

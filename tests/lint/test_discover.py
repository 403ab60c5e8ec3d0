"""Which files are looked at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from doctor.lint.discover import discover
from doctor.model import DoctorError
from doctor.source.spots import Note
from tests.surroundings import LINKS, MODES, bound_by_modes


def found(*paths: Path, exclude: tuple[str, ...] = ()) -> tuple[list[str], list[Note]]:
    notes: list[Note] = []
    files = list(discover([str(p) for p in paths], exclude, notes.append))
    return [Path(os.path.relpath(f, paths[0])).as_posix() for f in files], notes


def tree(folder: Path, *files: str) -> None:
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def test_scripts_and_notebooks_in_order(tmp_path: Path) -> None:
    tree(tmp_path, "b.py", "a.py", "sub/n.ipynb", "sub/w.pyw", "x.txt", ".git/h.py", "__pycache__/c.py", ".venv/d.py")
    assert found(tmp_path) == (["a.py", "b.py", "sub/n.ipynb", "sub/w.pyw"], [])


def test_a_named_file_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    tree(tmp_path, "train")
    assert found(tmp_path / "train")[0] == ["."]


def test_excluded_by_name_and_by_path(tmp_path: Path) -> None:
    tree(tmp_path, "a.py", "old/b.py", "sub/c.py", "sub/d.py")
    assert found(tmp_path, exclude=("old", "sub/d*"))[0] == ["a.py", "sub/c.py"]


@LINKS
def test_loops_of_links_end_and_are_told(tmp_path: Path) -> None:
    tree(tmp_path, "a.py", "sub/b.py")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path / "sub")
    files, notes = found(tmp_path)
    assert sorted(files)[0] == "a.py"
    assert len([f for f in files if f.endswith("b.py")]) == 1
    assert [n.kind for n in notes] == ["symlink-loop"]


@MODES
def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    tree(tmp_path, "a.py", "closed/b.py")
    (tmp_path / "closed").chmod(0)
    files, notes = bound_by_modes(lambda: found(tmp_path))
    (tmp_path / "closed").chmod(0o700)
    assert files == ["a.py"]
    assert [n.kind for n in notes] == ["unreadable"]


def test_a_path_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(DoctorError) as caught:
        found(tmp_path / "none.py")
    assert caught.value.exit_code == 2

"""Temporary folders: gone with the run, swept when it was killed, and never somebody else's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from doctor.process import scratch
from tests.surroundings import SIGNALS

MAKES = """
import os, signal, sys
from doctor.bootstrap import ending
from doctor.process import scratch
ending.heed()
with scratch.folder() as folder:
    open(os.path.join(folder, "content"), "w").close()
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_it_goes_however_the_block_ends(temporary: Path) -> None:
    with pytest.raises(ZeroDivisionError), scratch.folder() as folder:
        (Path(folder) / "content").touch()
        _ = 1 / 0
    assert names(temporary) == []


def test_what_is_left_at_the_end_is_removed(temporary: Path) -> None:
    left = scratch.folder()
    left.__enter__()
    assert len(names(temporary)) == 1
    scratch.remove_all()
    assert names(temporary) == []


@SIGNALS
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_takes_it_away(temporary: Path, name: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", MAKES], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        assert child.stdout and Path(child.stdout.readline().decode().strip()).is_dir()
        child.send_signal(signal.Signals[name])
    assert names(temporary) == []


def test_the_next_run_sweeps_what_a_killed_one_left_and_leaves_a_living_one_alone(temporary: Path) -> None:
    argv = [sys.executable, "-c", MAKES]
    with (
        subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as killed,
        subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as living,
    ):
        assert killed.stdout and living.stdout
        left, used = (Path(child.stdout.readline().decode().strip()) for child in (killed, living) if child.stdout)
        killed.kill()
        killed.wait(20)
        assert left.is_dir()
        with scratch.folder() as own:
            assert names(temporary) == sorted([used.name, Path(own).name])
        assert names(temporary) == [used.name]
        living.communicate(timeout=20)
    assert names(temporary) == []


def test_what_is_not_ours_stays(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of a like name, a link to one of ours, and one of another user."""
    (temporary / "torch-doctor-notes").mkdir()
    (temporary / "torch-doctor-file").touch()
    theirs = temporary / "torch-doctor-abcdefgh"
    theirs.mkdir()
    (theirs / scratch._OWNER).touch()
    (temporary / "elsewhere").mkdir()
    (temporary / "elsewhere" / scratch._OWNER).touch()
    (temporary / "torch-doctor-link").symlink_to(temporary / "elsewhere")
    before = names(temporary)
    if hasattr(os, "getuid"):
        monkeypatch.setattr("os.getuid", lambda: theirs.stat().st_uid + 1)
        scratch.sweep()
        assert names(temporary) == before
        monkeypatch.undo()
        monkeypatch.setattr("tempfile.tempdir", str(temporary))
    scratch.sweep()
    assert set(before) - set(names(temporary)) == {theirs.name}
    assert (temporary / "elsewhere" / scratch._OWNER).exists()

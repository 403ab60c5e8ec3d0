"""The journal of changed files: restored byte for byte, refused after later edits, whole after a kill."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from doctor.files.journal import Journal
from doctor.model import DoctorError
from tests.bootstrap.parts import CHECKOUT
from tests.surroundings import LINKS, MODES, SIGNALS

ODD = "# 清华源\r\n[global]\n\tindex-url =  https://mirror.example.com/simple \n\n;end without newline".encode()


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "state" / "changes")


def test_a_file_is_restored_byte_for_byte_with_its_mode(journal: Journal, tmp_path: Path) -> None:
    file = tmp_path / "pip.conf"
    file.write_bytes(ODD)
    file.chmod(0o640)
    mode = file.stat().st_mode
    change = journal.write(file, b"new\n", "a test")
    assert change is not None
    assert file.read_bytes() == b"new\n"
    assert file.stat().st_mode == mode
    assert journal.undo(change.id) == (change,)
    assert file.read_bytes() == ODD
    assert file.stat().st_mode == mode
    assert journal.changes() == ()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["pip.conf", "state"]


def test_a_file_that_was_not_there_goes_with_its_folders(journal: Journal, tmp_path: Path) -> None:
    file = tmp_path / "config" / "uv" / "uv.toml"
    journal.write(file, b"new\n", "a test")
    assert file.read_bytes() == b"new\n"
    journal.undo()
    assert not (tmp_path / "config").exists()


def test_the_same_bytes_are_no_change(journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"x")
    assert journal.write(tmp_path / "f", b"x", "a test") is None
    assert journal.changes() == ()


def test_a_later_edit_is_left_alone(journal: Journal, tmp_path: Path) -> None:
    file, other = tmp_path / "f", tmp_path / "other"
    for each in (file, other):
        each.write_bytes(b"old")
        journal.write(each, b"new", "a test")
    file.write_bytes(b"new and mine")
    with pytest.raises(DoctorError, match="changed since") as refused:
        journal.undo("all")
    assert str(journal.folder / "1" / "original") in refused.value.hint
    assert (file.read_bytes(), other.read_bytes()) == (b"new and mine", b"new")
    file.unlink()
    with pytest.raises(DoctorError, match="changed since"):
        journal.undo("1")


def test_changes_of_one_file_are_undone_newest_first(journal: Journal, tmp_path: Path) -> None:
    file = tmp_path / "f"
    for content in (b"one", b"two", b"three"):
        journal.write(file, content, content.decode())
    with pytest.raises(DoctorError) as refused:
        journal.undo("2")
    assert refused.value.hint == "undo change 3 first"
    assert [c.id for c in journal.undo("last")] == ["3"]
    assert file.read_bytes() == b"two"
    assert [c.id for c in journal.undo("all")] == ["2", "1"]
    assert not file.exists()


def test_a_file_changed_between_reading_and_writing_is_not_overwritten(journal: Journal, tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"edited by someone")
    with pytest.raises(DoctorError, match="in the meantime"):
        journal.write(file, b"new", "a test", based_on=b"read before")
    assert file.read_bytes() == b"edited by someone"
    assert journal.changes() == ()


@LINKS
def test_a_link_stays_a_link(journal: Journal, tmp_path: Path) -> None:
    real, link = tmp_path / "dotfiles", tmp_path / ".condarc"
    real.write_bytes(b"old")
    link.symlink_to(real)
    journal.write(link, b"new", "a test")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    journal.undo()
    assert real.read_bytes() == b"old"


@MODES
def test_backups_are_private(journal: Journal, tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"password")
    journal.write(file, b"new", "a test")
    assert stat.S_IMODE((journal.folder / "1" / "original").stat().st_mode) == 0o600
    assert stat.S_IMODE(journal.folder.stat().st_mode) == 0o700


def test_a_damaged_backup_is_not_written_back(journal: Journal, tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"old")
    journal.write(file, b"new", "a test")
    (journal.folder / "1" / "original").write_bytes(b"rot")
    with pytest.raises(DoctorError, match="damaged"):
        journal.undo()
    assert file.read_bytes() == b"new"


def test_what_cannot_be_done_is_told(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(DoctorError, match="no change to undo"):
        journal.undo()
    with pytest.raises(DoctorError, match="cannot write"):
        journal.write(tmp_path, b"x", "a folder")
    journal.write(tmp_path / "f", b"x", "a test")
    with pytest.raises(DoctorError, match="there is no change 7"):
        journal.undo("7")
    (journal.folder / "1" / "change.json").write_text("{")
    with pytest.raises(DoctorError, match="cannot be read"):
        journal.changes()


# A process that only imports the module, then writes in forks: each fork is killed at another moment.
KILLED = """
import os, sys, time
from doctor.files.journal import Journal
journal, file, rounds = Journal(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for round in range(rounds):
    child = os.fork()
    if not child:
        for n in range(1000):
            journal.write(file, b"round %d, %d" % (round, n) * 500, "a test")
    time.sleep(0.0005 + round % 50 * 0.0005)
    os.kill(child, 9)
    assert os.waitpid(child, 0)[1] == 9
    now = open(file, "rb").read()
    assert now in (b"original", *(b"round %d, %d" % (round, n) * 500 for n in range(1000))), now[:60]
    if journal.changes():
        journal.undo("all")
    assert open(file, "rb").read() == b"original", round
    left = sorted(os.listdir(os.path.dirname(file)))
    assert left == ["f"], left
print("whole")
"""


@SIGNALS
def test_two_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "f").write_bytes(b"original")
    argv = [sys.executable, "-c", KILLED, str(tmp_path / "journal"), str(tmp_path / "files" / "f"), "200"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.stdout == "whole\n", done.stderr


STOPPED = """
import os, sys
from doctor.files import journal
def stop(*_): os.kill(os.getpid(), 9)
journal.replace = stop
journal.Journal(sys.argv[1]).write(sys.argv[2], b"new", "a test")
"""


@SIGNALS
def test_a_crash_between_backup_and_write_leaves_both(journal: Journal, tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"old")
    done = subprocess.run([sys.executable, "-c", STOPPED, str(journal.folder), str(file)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert file.read_bytes() == (journal.folder / "1" / "original").read_bytes() == b"old"
    assert journal.write(file, b"later", "works on") is not None
    journal.undo("all")
    assert file.read_bytes() == b"old"
    assert os.listdir(journal.folder) == ["lock"]


UNDONE = """
import os, shutil, sys
from doctor.files import journal
def stop(folder):
    os.unlink(folder / "change.json")
    os.kill(os.getpid(), 9)
shutil.rmtree = stop
journal.Journal(sys.argv[1]).undo("last")
"""


@SIGNALS
def test_a_kill_while_an_entry_is_removed_leaves_a_journal_that_can_be_read(journal: Journal, tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"old")
    journal.write(file, b"new", "a test")
    done = subprocess.run([sys.executable, "-c", UNDONE, str(journal.folder)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert file.read_bytes() == b"old"
    assert journal.changes() == ()
    journal.write(file, b"newer", "works on")
    journal.undo("last")
    assert os.listdir(journal.folder) == ["lock"]


AT_EVERY_STEP = """
import sys
from doctor.files.journal import Journal
from tests.kills.steps import killed_before
journal, files = Journal(sys.argv[1]), [sys.argv[2] + name for name in "ab"]
step = 0
while True:
    for file in files:
        open(file, "wb").write(b"old")
        journal.write(file, b"new", "a test")
    if not killed_before(step, lambda: journal.undo("all")):
        break
    assert {open(file, "rb").read() for file in files} <= {b"old", b"new"}, step
    if journal.changes():
        journal.undo("all")
    assert [open(file, "rb").read() for file in files] == [b"old", b"old"], step
    step += 1
print(step)
"""


@SIGNALS
def test_an_undo_killed_at_any_step_is_gone_on_with(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", AT_EVERY_STEP, str(tmp_path / "journal"), str(tmp_path / "f")]
    done = subprocess.run(argv, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["fa", "fb", "journal"]


# A program that writes a file of its own accord, between `keep` and `settle`, in a fork killed before each step
KEPT_AT_EVERY_STEP = """
import sys
from pathlib import Path
from doctor.files.journal import Journal
from tests.kills.steps import killed_before
journal, file = Journal(sys.argv[1]), Path(sys.argv[2])
def work():
    kept = journal.keep(file, "a remedy")
    file.write_bytes(b"new")
    journal.settle(kept)
step = 0
while True:
    file.write_bytes(b"old")
    if not killed_before(step, work):
        break
    now = file.read_bytes()
    changes = journal.changes()
    originals = [(journal.folder / change.id / "original").read_bytes() for change in changes]
    assert now == b"old" or originals == [b"old"], (step, now)
    if changes and changes[0].after == changes[0].before:
        file.write_bytes(b"old")  # by hand, as the refusal says
    journal.undo("all")
    assert file.read_bytes() == b"old", step
    step += 1
journal.undo("all")
assert file.read_bytes() == b"old"
print(step)
"""


@SIGNALS
def test_what_another_program_writes_is_kept_at_any_step(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", KEPT_AT_EVERY_STEP, str(tmp_path / "journal"), str(tmp_path / "f")]
    done = subprocess.run(argv, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 5


def test_what_another_program_did_not_change_leaves_no_entry(journal: Journal, tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"old")
    assert journal.settle(journal.keep(file, "a remedy")) is None
    assert journal.changes() == ()
    kept = journal.keep(tmp_path / "made", "a remedy")
    (tmp_path / "made").write_bytes(b"new")
    assert journal.settle(kept) == journal.changes()[0]
    journal.undo("last")
    assert not (tmp_path / "made").exists()


def test_what_another_program_left_changed_when_it_was_killed_names_the_old_bytes(
    journal: Journal, tmp_path: Path
) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"old")
    journal.keep(file, "a remedy")
    file.write_bytes(b"new")
    with pytest.raises(DoctorError, match="changed since") as refused:
        journal.undo("last")
    assert (journal.folder / "1" / "original").read_bytes() == b"old"
    assert str(journal.folder / "1" / "original") in refused.value.hint


HOLDER = """
import sys
from doctor.files.journal import Journal
with Journal(sys.argv[1])._locked():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(journal: Journal) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that is in the middle of a change until its input ends."""
    argv = [sys.executable, "-c", HOLDER, str(journal.folder)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout and child.stdout.readline().strip() == b"held"
        yield child
        child.kill()


def test_another_process_is_waited_for_and_the_wait_is_said(
    journal: Journal, holder: subprocess.Popen[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("doctor.files.journal._QUIET_S", 0.01)
    said = threading.Event()

    def let_go() -> None:
        said.wait()
        assert holder.stdin
        holder.stdin.close()

    release = threading.Thread(target=let_go)
    release.start()
    with monkeypatch.context() as patch:
        patch.setattr("builtins.print", lambda *words, **kinds: said.set())
        assert journal.write(tmp_path / "f", b"new", "a test") is not None
    release.join()
    assert (tmp_path / "f").read_bytes() == b"new"


def test_a_process_that_does_not_let_go_is_told(
    journal: Journal,
    holder: subprocess.Popen[bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("doctor.files.journal._QUIET_S", 0.01)
    monkeypatch.setattr("doctor.files.journal._WAIT_S", 0.01)
    with pytest.raises(DoctorError, match="another process is changing files") as refused:
        journal.write(tmp_path / "f", b"new", "a test")
    assert str(journal.folder / "lock") in refused.value.context
    assert refused.value.hint
    assert "waiting for the process that holds" in capsys.readouterr().err
    assert not (tmp_path / "f").exists()


def test_a_lock_goes_with_the_process_that_held_it(
    journal: Journal, holder: subprocess.Popen[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("doctor.files.journal._WAIT_S", 0)
    holder.kill()
    holder.wait()
    assert journal.write(tmp_path / "f", b"new", "a test") is not None

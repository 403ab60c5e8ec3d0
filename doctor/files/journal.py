"""Files of the user's that are changed: backed up first, written in one step, restored byte for byte.

A journal is a folder with one sub-folder a change: `change.json` (a `Change`) and `original`, the bytes from before.
The entry is complete on disk before the file is touched, and a file is only ever replaced as a whole, so that a crash
at any moment leaves either the old or the new file, and the old bytes in the journal. A signal waits for the file.
"""

from __future__ import annotations

import contextlib
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from doctor import gate
from doctor.bootstrap import ending
from doctor.files.atomic import content, fingerprint, moved, replace, sync, write_new
from doctor.files.refusals import explained, refused
from doctor.model import PROGRAM, DoctorError

if TYPE_CHECKING:
    from filelock import FileLock

_QUIET_S, _WAIT_S = 2.0, 60.0  # of waiting for another process: before it is said, and after that
_FIRST_MODE = 0o600  # of a file that was not there: configuration may hold credentials


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """One file written. Fingerprints are SHA-256 in hex, "" where there was no file; `mode` is that of the original."""

    id: str
    path: str
    why: str
    before: str
    after: str
    mode: int = _FIRST_MODE
    folders: tuple[str, ...] = ()  # made for it, outermost first


class Journal:
    """The changes kept in a folder. Several processes may use it at once."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    def changes(self) -> tuple[Change, ...]:
        """What can be undone, oldest first. Raises DoctorError for a journal that cannot be read."""
        if not self.folder.is_dir():
            return ()
        numbers = sorted(int(entry.name) for entry in self.folder.iterdir() if entry.name.isdecimal())
        return tuple(self._load(str(number)) for number in numbers)

    def write(self, path: str | Path, new: bytes, why: str, *, based_on: bytes | None = None) -> Change | None:
        """Replace a file's content, or make the file; None when it holds these bytes already.

        A link is followed and stays a link. `based_on` are the bytes the new ones were made from (b"" for no file):
        given, the write is refused when the file holds others by now. Raises DoctorError when it cannot be written.
        """
        file = Path(path).expanduser().resolve()
        with explained("write", file), self._locked(), ending.held():
            old = content(file)
            if based_on is not None and (old or b"") != based_on:
                raise refused("changed", f"{file} was changed in the meantime", "it differs from what was read", _AGAIN)
            if old == new:
                return None
            change = self._record(file, old, new, why)
            replace(file, new, _temporary_path(file, change), change.mode)
            return change

    def keep(self, path: str | Path, why: str) -> Change:
        """Keep the bytes of a file that another program may write; `settle` takes what became of it.

        Where that is never called, an undo leaves the file alone if it was changed, and names the bytes kept.
        """
        file = Path(path).expanduser().resolve()
        with explained("read", file), self._locked(), ending.held():
            old = content(file)
            return self._record(file, old, old, why)

    def settle(self, kept: Change) -> Change | None:
        """The change that the other program made; None, and no entry any more, when it made none."""
        file = Path(kept.path)
        with explained("read", file), self._locked(), ending.held():
            change = msgspec.structs.replace(kept, after=fingerprint(content(file)))
            if change.after == change.before:
                self._forget(kept)
                return None
            entry = self.folder / kept.id / "change.json"
            replace(entry, msgspec.json.encode(change), entry.with_suffix(".part"), _FIRST_MODE)
            return change

    def undo(self, *which: str) -> tuple[Change, ...]:
        """Restore files: of changes by their ids, of the "last" (as is without any), or of "all"; newest first.

        Returns the changes taken back. Raises DoctorError, with nothing touched, when a file differs from what was
        written, or an id is not known.
        """
        with self._locked():
            chosen = self._select(which or ("last",))
            self._check_order(chosen)
            for change in chosen:
                with explained("restore", Path(change.path)), ending.held():
                    self._restore(change)
            return chosen

    def _record(self, file: Path, old: bytes | None, new: bytes | None, why: str) -> Change:
        """Write the entry: it appears in the journal whole or not at all."""
        known = self.changes()
        number = str(int(known[-1].id) + 1 if known else 1)
        mode = stat.S_IMODE(file.stat().st_mode) if old is not None else _FIRST_MODE
        missing = tuple(str(folder) for folder in reversed(file.parents) if not folder.exists())
        change = Change(number, str(file), why, fingerprint(old), fingerprint(new), mode, missing)
        part = self.folder / f"{number}.part"
        part.mkdir(mode=0o700)
        if old is not None:
            write_new(part / "original", old, _FIRST_MODE)
        write_new(part / "change.json", msgspec.json.encode(change), _FIRST_MODE)
        sync(part)
        moved(part, self.folder / number)
        sync(self.folder)
        return change

    def _load(self, number: str) -> Change:
        file = self.folder / number / "change.json"
        try:
            return msgspec.json.decode(file.read_bytes(), type=Change)
        except (OSError, msgspec.DecodeError) as error:
            raise refused("journal", "a journal entry cannot be read", f"{file}: {error}", _BY_HAND) from error

    def _select(self, which: tuple[str, ...]) -> tuple[Change, ...]:
        known = self.changes()[::-1]
        if "all" in which:
            return known
        if "last" in which:
            if not known:
                raise refused("nothing", "there is no change to undo", f"{self.folder} has no entry")
            which = (*which, known[0].id)
        ids = [c.id for c in known]
        unknown = [word for word in which if word not in ids and word != "last"]
        if unknown:
            raise refused("unknown", f"there is no change {unknown[0]}", f"known: {', '.join(ids) or 'none'}")
        return tuple(c for c in known if c.id in which)

    def _check_order(self, chosen: tuple[Change, ...]) -> None:
        """Walk the undo in memory, so that a refusal comes before the first file is touched."""
        state: dict[str, str] = {}
        for change in chosen:
            with explained("read", Path(change.path)):
                now = state.setdefault(change.path, fingerprint(content(Path(change.path))))
            if now not in (change.before, change.after):
                raise self._refusal(change)
            if now == change.after:
                self._original(change)
            state[change.path] = change.before

    def _refusal(self, change: Change) -> DoctorError:
        later = [c.id for c in self.changes() if c.path == change.path and int(c.id) > int(change.id)]
        hint = f"undo change {later[-1]} first" if later else f"its old content is in {self._backup(change)}"
        seen = f"it differs from what change {change.id} wrote ({change.why})"
        return refused("changed", f"{change.path} has been changed since then, so it is left alone", seen, hint)

    def _original(self, change: Change) -> bytes | None:
        """The bytes from before, checked; None for no file."""
        if not change.before:
            return None
        with explained("read", self._backup(change)):
            old = self._backup(change).read_bytes()
        if fingerprint(old) != change.before:
            raise refused("backup", f"the backup of {change.path} is damaged", str(self._backup(change)), _BY_HAND)
        return old

    def _backup(self, change: Change) -> Path:
        return self.folder / change.id / "original"

    def _restore(self, change: Change) -> None:
        file = Path(change.path)
        if fingerprint(content(file)) == change.after:
            old = self._original(change)
            if old is None:
                file.unlink(missing_ok=True)
                _remove_empty(change.folders)
            else:
                replace(file, old, _temporary_path(file, change), change.mode)
        _temporary_path(file, change).unlink(missing_ok=True)  # left by a crash
        self._forget(change)

    def _forget(self, change: Change) -> None:
        entry = self.folder / change.id
        shutil.rmtree(moved(entry, entry.with_name(f"{change.id}.part")))  # in one step it is no entry any more

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """One process at a time; entries left half-made by a killed one are cleared away."""
        from filelock import FileLock

        lock = FileLock(self.folder / "lock", mode=_FIRST_MODE)
        with explained("use", self.folder):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _acquire(lock)
        try:
            with explained("use", self.folder):
                for part in self.folder.glob("*.part"):
                    shutil.rmtree(part)
            yield
        finally:
            lock.release()


def _acquire(lock: FileLock) -> None:
    """A holder needs a moment; one that is stopped, or on a file system that hangs, is not waited for without end."""
    from filelock import Timeout

    try:
        lock.acquire(timeout=_QUIET_S)
    except Timeout:
        gate.say(f"{PROGRAM}: waiting for the process that holds {lock.lock_file}")
        try:
            lock.acquire(timeout=_WAIT_S)
        except Timeout as error:
            found = f"{lock.lock_file} is still held after {_WAIT_S:g} seconds"
            hint = "wait for the other torch-doctor to end, or end it"
            raise refused("busy", "another process is changing files", found, hint) from error


_AGAIN = "run the command again"
_BY_HAND = "restore the file by hand"


def default_journal() -> Journal:
    """The journal of this user, in the folder for state of the platform."""
    import platformdirs

    return Journal(platformdirs.user_state_path(PROGRAM, appauthor=False) / "changes")


def _temporary_path(file: Path, change: Change) -> Path:
    return file.with_name(f".{file.name}.doctor-{change.id}")


def _remove_empty(folders: tuple[str, ...]) -> None:
    for folder in reversed(folders):
        with contextlib.suppress(OSError):
            Path(folder).rmdir()

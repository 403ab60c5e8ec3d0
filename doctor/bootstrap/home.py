"""torch-doctor's folder: where it is, that it is ours, and that one run at a time changes it.

A marker is written when the folder is made. Only what torch-doctor makes by name lies in it; a folder with other
people's files in it, the root of a drive or a share, and the user's own folder are refused.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from doctor.bootstrap import ending
from doctor.bootstrap.stop import Stop

MARKER = "torch-doctor.json"
# what this program makes in its folder, with the folder that older versions kept their marks in
OURS = (MARKER, "doctor", "env", "environments", "uv", "python", "miniforge", "cache", "locks", "work", "lock", "state",
        "launcher.json", "doctor.json", "current", "bin", "search_path.json", "shell-file-before")  # fmt: skip
# what the program itself keeps there, on one system or another: its journal, the sources chosen, `match --refresh`
KEPT = ("changes", "mirrors.json", "releases.refreshed", "refreshes")
_PART = ".part"
_LINKS = (0xA000000C, 0xA0000003)  # of Windows: a symbolic link, a junction or a mounted drive
_OTHER = "name another folder with the variable TORCH_DOCTOR_HOME"


class Home:
    """The folder and what lies where in it. Nothing is made before `claim`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.doctor = folder / "doctor"  # the program's own environment
        self.work = folder / "work"  # of this run; gone after it
        self.log = self.work / "log"
        self.default_env = folder / "env"

    @property
    def is_ours(self) -> bool:
        """Whether it is on record as made by this program; those of older versions are known by their marks."""
        if (self.folder / MARKER).is_file():
            return True
        return (self.folder / "state").is_dir() and not self.strangers()

    def strangers(self) -> list[str]:
        """What lies in it that this program does not make."""
        try:
            return sorted(entry.name for entry in self.folder.iterdir() if not is_known(entry.name))
        except OSError:
            return []

    def refuse(self) -> None:
        """Raises Stop where this folder cannot be torch-doctor's."""
        folder = self.folder
        if folder == Path(folder.anchor):
            raise Stop(f"{folder} is the root of a drive or a share, not a folder for torch-doctor", _OTHER)
        if folder == _user_folder(os.environ):
            raise Stop(f"{folder} is your own folder; torch-doctor needs one for itself", _OTHER)
        if folder.exists() and not folder.is_dir():
            raise Stop(f"{folder} is a file, not a folder", _OTHER)
        begun = (*KEPT, f"{MARKER}{_PART}")  # of a run that was killed while it made the folder ours
        found = sorted(entry.name for entry in folder.iterdir() if entry.name not in begun) if folder.is_dir() else []
        if found and not self.is_ours:
            names = ", ".join((self.strangers() or found)[:4])
            raise Stop(f"{folder} holds files that torch-doctor did not make: {names}", _OTHER)

    def claim(self) -> None:
        """Make it, with the marker. Raises Stop where that cannot be done."""
        self.refuse()
        made = [str(folder) for folder in missing_above(self.folder / MARKER)]
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not (self.folder / MARKER).is_file():
                write(self.folder / MARKER, {"made_by": "torch-doctor", "layout": 1, "folders": made})
        except OSError as error:
            remove_empty(made)
            raise Stop(f"{self.folder} cannot be written to: {error.strerror}", _OTHER) from error


def is_known(name: str) -> bool:
    """Whether the program makes something of that name in its folder, or had begun to when it was killed."""
    return name.removesuffix(_PART) in (*OURS, *KEPT)


def find_home(variables: Mapping[str, str]) -> Home:
    """The home that the variables name. Raises Stop where nothing says where the user's folders are."""
    named = variables.get("TORCH_DOCTOR_HOME", "")
    if named:
        return Home(Path(named).expanduser().resolve())
    if around := home_around(Path(sys.prefix)):
        return around
    if sys.platform == "win32":
        base = variables.get("LOCALAPPDATA") or str(_user_folder(variables) / "AppData" / "Local")
    else:
        base = variables.get("XDG_DATA_HOME") or str(_user_folder(variables) / ".local" / "share")
    return Home(Path(base) / "torch-doctor")


def home_around(prefix: Path) -> Home | None:
    """The home whose program lies in that environment."""
    home = Home(prefix.parent)
    return home if home.doctor == prefix and (home.folder / MARKER).is_file() else None


def _user_folder(variables: Mapping[str, str]) -> Path:
    named = variables.get("USERPROFILE" if sys.platform == "win32" else "HOME")
    if named:
        return Path(named)
    try:
        return Path.home()
    except RuntimeError as error:
        raise Stop("it is not known where your own folder is: HOME is not set", _OTHER) from error


@contextlib.contextmanager
def only_run(home: Home) -> Iterator[None]:
    """Make the folder ours and hold it for this run: the system frees the lock when its process ends, however it ends.

    Where nothing was made in it, it is gone afterwards.
    """
    with _held(home):
        try:
            yield
        finally:
            shutil.rmtree(home.work, ignore_errors=True)
            if sys.platform != "win32":
                _leave(home)
    if sys.platform == "win32":  # a file that is open stays there
        _leave(home)


def _held(home: Home) -> BinaryIO:
    """The open lock. The run before may have taken the folder away with it while we waited."""
    home.claim()
    lock = home.folder / "lock"
    try:
        file = lock.open("a+b")
    except OSError as error:
        _leave(home)
        raise Stop(f"{home.folder} cannot be written to: {error.strerror}", _OTHER) from error
    if not _locked(file.fileno(), wait_s=3.0):
        file.close()
        raise Stop(f"another bootstrap is running in {home.folder}", "wait for it")
    if lock.exists() and os.path.samestat(os.fstat(file.fileno()), lock.stat()):
        return file
    file.close()
    return _held(home)


def _leave(home: Home) -> None:
    """Take our marks away where nothing else in the folder is ours, then the folder and those made for it, if empty."""
    if not home.folder.is_dir():
        return
    marks = [home.folder / name for name in ("lock", f"{MARKER}{_PART}", MARKER)]
    if any(entry.name.removesuffix(_PART) in OURS and entry not in marks for entry in home.folder.iterdir()):
        return
    folders = read(home.folder / MARKER).get("folders")
    with contextlib.suppress(OSError):  # Windows keeps the lock while another run waits for it
        for mark in marks:
            mark.unlink(missing_ok=True)
        remove_empty(folders if isinstance(folders, list) else [])
        # also where a run was killed before it wrote that down; what needs these makes them anew
        usual = _user_folder(os.environ) / ".local" / "share"
        remove_empty([home.folder, usual, usual.parent] if home.folder.parent == usual else [home.folder])


def _locked(handle: int, wait_s: float) -> bool:
    until = time.monotonic() + wait_s
    while not try_lock(handle):
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True


def try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def write(file: Path, content: object) -> None:
    """A JSON file, whole or not at all; one that says this already is left as it is."""
    text = json.dumps(content, indent=1, ensure_ascii=False)
    if file.is_file() and file.read_bytes() == text.encode():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    replace(file, text.encode(), file.with_name(f"{file.name}{_PART}"))


def replace(file: Path, content: bytes, part: Path, mode: int | None = None) -> None:
    """A file's content at once; only a kill leaves the part behind, beside it."""
    with ending.held():
        try:
            part.write_bytes(content)
            if mode is not None:
                part.chmod(mode)
            part.replace(file)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink()
            raise


def missing_above(file: Path) -> list[Path]:
    """The folders that have to be made for it, innermost first."""
    return [folder for folder in file.parents if not folder.exists()]


def remove_empty(folders: Iterable[object]) -> None:
    """Those that were made for a file, innermost first; what holds something stays, and a link of somebody's."""
    for folder in (Path(str(folder)) for folder in folders):
        with contextlib.suppress(OSError):
            if is_folder(folder.lstat()):
                folder.rmdir()


def is_folder(seen: os.stat_result) -> bool:
    """Whether what `lstat` has seen is a folder itself, and not a link or a junction to one."""
    return stat.S_ISDIR(seen.st_mode) and getattr(seen, "st_reparse_tag", 0) not in _LINKS


def read(file: Path) -> dict[str, object]:
    """What a JSON file holds; empty where it is not there, cannot be read, or is none."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}

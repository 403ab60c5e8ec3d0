"""Folders removed with all in them and nothing beyond: a link goes and what it leads to stays, what is protected or on
another file system is not entered, and what cannot be removed is told."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from doctor.bootstrap.home import MARKER, is_folder


class Removal:
    """`own`: folders of ours, in which what is read-only may be made writable; `protected`: those that stay with all in
    them. `failed` is what should have gone, with the reason; `stays` what was left on purpose."""

    def __init__(self, own: Iterable[Path], protected: Iterable[Path] = ()) -> None:
        self._own = [_plain(folder.resolve()) for folder in own]
        self._protected = {_plain(folder.resolve()) for folder in protected}
        self.failed: list[str] = []
        self.stays: list[str] = []

    def remove(self, path: Path) -> bool:
        """Whether the file, link or folder is gone."""
        path = _long(path.parent.resolve() / path.name)  # from here on no link is on the way
        seen = _look(path)
        if seen is None:
            return True
        if not is_folder(seen):
            return self._without(Path.unlink, path)
        if self._may_not_enter(path, seen.st_dev):
            return False
        told = len(self.failed) + len(self.stays)
        waiting, found = [path], [path]
        while waiting:
            for entry in self._entries(waiting.pop()):
                if not self._may_not_enter(entry, seen.st_dev):
                    waiting.append(entry)
                    found.append(entry)
        gone = [self._without(Path.rmdir, folder) for folder in reversed(found)]
        if not all(gone) and told == len(self.failed) + len(self.stays):
            self.failed.append(f"{_shown(path)}: something is being written into it")
        return all(gone)

    def _may_not_enter(self, folder: Path, device: int) -> bool:
        if _plain(folder) in self._protected:
            self.stays.append(f"{_shown(folder)}: it was there before, or is not the bootstrap's")
        elif (folder / MARKER).is_file():
            self.stays.append(f"{_shown(folder)}: another folder of torch-doctor's")
        elif folder.lstat().st_dev != device:
            self.stays.append(f"{_shown(folder)}: another file system is mounted there")
        else:
            return False
        return True

    def _entries(self, folder: Path) -> Iterator[Path]:
        """The folders in it; all else of it is removed."""
        try:
            if sys.platform != "win32" and not os.access(folder, os.R_OK | os.X_OK):
                folder.chmod(0o700)
            entries = list(folder.iterdir())
        except OSError as error:
            self._fails(folder, error)
            return
        for entry in entries:
            seen = _look(entry)
            if seen is not None and is_folder(seen):
                yield entry
            else:
                self._without(Path.unlink, entry)

    def _without(self, remove: Callable[[Path], None], path: Path) -> bool:
        """Whether it is gone. What is read-only is made writable first: the file on Windows, its folder elsewhere."""
        try:
            try:
                remove(path)
            except PermissionError:
                self._make_writable(path)
                remove(path)
        except FileNotFoundError:
            return True
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):  # what is left in it is told by itself
                self._fails(path, error)
            return False
        return True

    def _make_writable(self, path: Path) -> None:
        if sys.platform == "win32":
            path.chmod(stat.S_IWRITE)
        elif any(_plain(path.parent).is_relative_to(folder) for folder in self._own):
            path.parent.chmod(path.parent.stat().st_mode & 0o7777 | stat.S_IRWXU)

    def _fails(self, path: Path, error: OSError) -> None:
        self.failed.append(f"{_shown(path)}: {error.strerror}")


def bytes_in(paths: Iterable[Path], seen: set[tuple[int, int]]) -> int:
    """What they take on disk; a file with several names counts once, and what was `seen` before not again."""
    total = 0
    waiting = [_long(path) for path in paths]
    while waiting:
        path = waiting.pop()
        status = _look(path)
        if status is None or (status.st_dev, status.st_ino) in seen:
            continue
        seen.add((status.st_dev, status.st_ino))
        total += status.st_size if sys.platform == "win32" else status.st_blocks * 512
        if is_folder(status) and os.access(path, os.R_OK | os.X_OK):
            waiting += path.iterdir()
    return total


def _look(path: Path) -> os.stat_result | None:
    """None where it is not there; of a link, the link."""
    try:
        return path.lstat()
    except OSError:
        return None


def _long(path: Path) -> Path:
    """As Windows takes it at any length."""
    if sys.platform == "win32":
        text = str(path.absolute())
        return Path(f"\\\\?\\UNC{text[1:]}" if text.startswith("\\\\") else f"\\\\?\\{text}")
    return path.absolute()


def _shown(path: Path) -> str:
    return str(path).replace("\\\\?\\UNC", "\\").replace("\\\\?\\", "")


def _plain(path: Path) -> Path:
    """To be compared with others."""
    return Path(os.path.normcase(_shown(path)))

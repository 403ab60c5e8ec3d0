"""The folder of an environment: what is there, making it under a mark, and taking back what an ended setup left.

The mark is a file inside the folder, there before anything else and removed when the environment is complete. Its
lock says whether the setup that wrote it still lives. Only a folder that carries it is ever removed.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from doctor.bootstrap import ending
from doctor.mirrors import transport
from doctor.model import DoctorError, Exit
from doctor.target.choose import python_in

if TYPE_CHECKING:
    from filelock import AcquireReturnProxy, FileLock

MARK = ".doctor-setup"
VARIABLE = "DOCTOR_SETUP"  # in the environment of everything a setup starts: the folder it works on


def folder_state(folder: Path) -> str:
    """ "new", "existing" (an environment), or "half-made". Raises DoctorError for anything else."""
    try:
        if not folder.exists():
            _check_writable(folder)
            return "new"
        if not folder.is_dir():
            raise _error("folder", f"{folder} is not a folder", "a file")
        names = {entry.name for entry in folder.iterdir()}
    except PermissionError as error:
        raise _error("permission", f"{folder} cannot be read", str(error.strerror)) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _error("permission", f"{folder} may not be written to", "no write permission", "name another folder")
    if MARK in names:
        return "half-made"
    if not names:
        return "new"
    if "pyvenv.cfg" in names and python_in(folder):
        return "existing"
    found = ", ".join(sorted(names)[:5])
    raise _error("folder", f"{folder} is neither empty nor a virtual environment", found, "choose another --env")


def _check_writable(folder: Path) -> None:
    parent = next(p for p in folder.parents if p.exists())
    if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
        raise _error("permission", f"cannot create {folder}", f"{parent} may not be written to", "choose another --env")


@contextlib.contextmanager
def creating(folder: Path) -> Iterator[None]:
    """Inside, the folder is ours to fill; it stays when the block ends well and goes when it does not."""
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    with ending.held() as hold:
        with _explain_os_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            lock = _mark(folder).lock
        try:
            hold.release()
            yield
            lock.release()  # Windows removes no file that is held
            (folder / MARK).unlink()
        except BaseException:
            with ending.held():
                _remove(folder, missing, lock)
            raise


def clear(folder: Path) -> None:
    """Remove what an interrupted setup left, and end what it left running. Raises DoctorError while it lives."""
    with _explain_os_errors(folder), _mark(folder):
        _end_leftovers(folder)
        _empty_folder(folder)


def variables(folder: Path) -> dict[str, str]:
    """For the commands that fill it: the mark by which a later setup finds those that outlived theirs."""
    hidden = ("VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONPATH", "PYTHONHOME", "__PYVENV_LAUNCHER__")
    return {**{k: v for k, v in transport.variables().items() if k not in hidden}, VARIABLE: str(folder)}


def _mark(folder: Path) -> AcquireReturnProxy[FileLock]:
    """Write the mark and hold its lock; the system frees that when we end, however we end."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / MARK, timeout=0, mode=0o600, preserve_lock_file=True, on_acquired=_sign)
    try:
        return lock.acquire()
    except Timeout as error:
        hint = "wait for it to end, or end it"
        raise _error("busy", f"{folder} is being set up", _holder(folder / MARK), hint) from error


def _sign(handle: int) -> None:
    """Who holds the lock, from the second byte on: Windows lets nobody else read the one that is locked."""
    holder = {"pid": os.getpid(), "since": time.strftime("%Y-%m-%d %H:%M:%S")}
    with contextlib.suppress(OSError):  # a full disk is met, and told, where the environment is filled
        os.ftruncate(handle, 0)
        os.write(handle, b" " + json.dumps(holder).encode())


def _holder(mark: Path) -> str:
    with contextlib.suppress(OSError, ValueError, KeyError), mark.open("rb", buffering=0) as file:
        file.seek(1)
        holder = json.loads(file.read())
        return f"process {holder['pid']} has been working there since {holder['since']}"
    return "another setup is working there"


def _end_leftovers(folder: Path) -> None:
    import psutil

    left = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.pid != os.getpid() and process.environ().get(VARIABLE) == str(folder):
                process.kill()
                left.append(process)
    psutil.wait_procs(left, timeout=5)


def _empty_folder(folder: Path) -> None:
    """Everything but the mark, which has to outlast the rest in case we are ended here."""
    for entry in folder.iterdir():
        if entry.name == MARK:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _remove(folder: Path, missing: list[Path], lock: FileLock) -> None:
    """The folder's content, and those folders that were not there before."""
    with contextlib.suppress(OSError):
        _empty_folder(folder)
        lock.release()
        (folder / MARK).unlink(missing_ok=True)
        for made_by_us in missing:
            made_by_us.rmdir()


@contextlib.contextmanager
def _explain_os_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise _error("folder", f"{folder} cannot be written", reason, "choose another --env") from error


def _error(what: str, message: str, context: str, hint: str = "") -> DoctorError:
    return DoctorError(f"setup-{what}", message, context, hint, exit_code=Exit.NOT_DONE)

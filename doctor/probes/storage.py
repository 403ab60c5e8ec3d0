"""Disk space where PyTorch needs it, shared memory, and the limits of a process."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from doctor.facts import Folder, Storage
from doctor.privacy import redact_path
from doctor.probes._files import exists, listing, read
from doctor.target import Target

_FIRST_NAMESPACES = {"pid": "pid:[4026531836]", "ipc": "ipc:[4026531839]"}  # the kernel's fixed numbers
_MOST_NAMES = 200
_ONEDRIVE = ("ONEDRIVE", "ONEDRIVECONSUMER", "ONEDRIVECOMMERCIAL")  # its client sets them


def probe(target: Target) -> Storage:
    kept = [Path(target.env[name]) for name in _ONEDRIVE if target.env.get(name)] if sys.platform == "win32" else []
    found = [examine_folder(purpose, path, kept) for purpose, path in folders_by_purpose(target).items()]
    total, free = shared_memory(Path("/dev/shm")) if sys.platform == "linux" else (None, None)
    soft, hard = _open_files()
    return Storage(
        folders=tuple(folder for folder in found if folder),
        shm_bytes=total,
        shm_free_bytes=free,
        stale_shm=stale_shared_memory(Path("/dev/shm"), Path("/proc")),
        open_files_soft=soft,
        open_files_hard=hard,
        address_space_bytes=_address_space(),
    )


def folders_by_purpose(target: Target) -> dict[str, Path]:
    """The folders by purpose; they need not exist yet."""
    env = target.env
    home = env.get("HOME") or env.get("USERPROFILE") or ""
    cache = _cache_home(env, home)
    wanted = {
        "environment": _environment(target.executable),
        "temp": _temp(env),
        "pip cache": env.get("PIP_CACHE_DIR") or _join(cache, "pip/Cache" if sys.platform == "win32" else "pip"),
        "home": home,
        "torch cache": env.get("TORCH_HOME") or _join(env.get("XDG_CACHE_HOME") or _join(home, ".cache"), "torch"),
        "working folder": str(target.cwd),
    }
    return {
        purpose: Path(re.sub(r"^~(?=/|$)", lambda _: home or "~", path)) for purpose, path in wanted.items() if path
    }


def _environment(executable: str) -> str:
    """The prefix, going by where the interpreter is called from, links not followed: a venv's own folder."""
    if os.path.basename(executable) == executable:  # noqa: PTH119 - a bare name, which Path cannot tell from "./name"
        return ""
    folder = Path(executable).parent
    return str(folder.parent if folder.name.lower() in ("bin", "scripts") else folder)


def _temp(env: Mapping[str, str]) -> str:
    """As Python's tempfile chooses it for the target."""
    named = [env[name] for name in ("TMPDIR", "TEMP", "TMP") if env.get(name)]
    usual = ["/tmp", "/var/tmp", "/usr/tmp"] if os.name == "posix" else [tempfile.gettempdir()]
    return next((path for path in named + usual if os.access(path, os.W_OK)), usual[0])


def _cache_home(env: Mapping[str, str], home: str) -> str:
    """Where pip keeps its cache: as platformdirs has it."""
    if sys.platform == "win32":
        return env.get("LOCALAPPDATA") or _join(home, "AppData/Local")
    if sys.platform == "darwin":
        return _join(home, "Library/Caches")
    return env.get("XDG_CACHE_HOME") or _join(home, ".cache")


def _join(folder: str, name: str) -> str:
    return str(Path(folder, name)) if folder else ""


def examine_folder(purpose: str, path: Path, kept: Sequence[Path] = ()) -> Folder | None:
    """Space in bytes that this user may fill, and whether he may write; of a folder not there yet, where it would lie.

    None when the file system does not answer. `kept`: the folders that OneDrive keeps.
    """
    there = next((folder for folder in (path, *path.absolute().parents) if exists(folder)), None)
    if there is None:
        return None
    try:
        usage = shutil.disk_usage(there)
    except OSError:
        return None
    onedrive = any(path.is_relative_to(folder) for folder in kept)
    return Folder(
        purpose, redact_path(path), usage.total, usage.free, os.access(there, os.W_OK), onedrive, _is_noexec(there)
    )


def _is_noexec(folder: Path) -> bool:
    return sys.platform == "linux" and bool(os.statvfs(folder).f_flag & os.ST_NOEXEC)


def shared_memory(folder: Path) -> tuple[int, int]:
    """Size and free bytes of `/dev/shm`; 0 and 0 when there is none."""
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return 0, 0
    return usage.total, usage.free


def stale_shared_memory(shm: Path, proc: Path) -> tuple[str, ...]:
    """Shared-memory files of torch whose process is gone; the name starts with its number: torch_<pid>_….

    Nothing is said when `/dev/shm` is shared with processes whose numbers cannot be seen from here, as in a container
    started with the host's IPC; nor while torch's own manager runs, which keeps the batches of workers that are gone
    for the program that is to get them, and removes them itself.
    """
    if not exists(proc / "self") or _shares_foreign_memory(proc) or _is_managed(proc):
        return ()
    found = [(path, re.match(r"torch_(\d+)_", path.name)) for path in listing(shm, "torch_*")]
    gone = [str(path) for path, match in found if match and not exists(proc / match[1])]
    return tuple(gone[:_MOST_NAMES])


def _shares_foreign_memory(proc: Path) -> bool:
    try:
        seen = {name: str((proc / "self/ns" / name).readlink()) for name in _FIRST_NAMESPACES}
    except OSError:
        return False
    first = {name: seen[name] == number for name, number in _FIRST_NAMESPACES.items()}
    return first["ipc"] and not first["pid"]


def _is_managed(proc: Path) -> bool:
    """Whether a torch_shm_manager runs; the kernel keeps 15 characters of a name."""
    return any(read(path) == "torch_shm_manag" for path in listing(proc, "[0-9]*/comm"))


def _open_files() -> tuple[int | None, int | None]:
    """Soft and hard limit; "unlimited" is the largest number."""
    if sys.platform == "win32":
        return None, None
    import resource

    soft, hard = (
        sys.maxsize if limit == resource.RLIM_INFINITY else limit
        for limit in resource.getrlimit(resource.RLIMIT_NOFILE)
    )
    return soft, hard


def _address_space() -> int | None:
    if sys.platform == "win32":
        return None
    import resource

    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    return None if limit == resource.RLIM_INFINITY else limit

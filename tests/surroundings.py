"""What this machine has and allows: the one way to say that a test cannot run here, and ways to change what it has."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn, TypeVar

import pytest

T = TypeVar("T")

_ERROR = re.compile(r"\s*(?:ERROR:|error:|fatal:|E:|[×╰]|Caused by:|cause:)")
_PROGRESS = re.compile(
    r"\s*(?:Download(?:ing|ed)|Buil(?:ding|t)|Collecting|Resolved|Prepared|Installed|\[notice\])|.*(?:━|\d%)"
)
_LINUX_CAPABILITY_VERSION_3 = 0x20080522


WINE = sys.platform == "win32" and hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")


def unavailable(reason: str, *, hardware: bool = False) -> NoReturn:
    """This test cannot run here. A skip; in CI, which has to bring everything but hardware, a failure."""
    if hardware or os.environ.get("CI", "").lower() in ("", "0", "false"):
        pytest.skip(reason)
    pytest.fail(f"missing, and CI has to have it: {reason}", pytrace=False)


def not_brought(reason: str) -> NoReturn:
    """This test needs a shell or a system that no index has, so CI need not bring it either: a skip."""
    pytest.skip(reason)


def _not_on_windows(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(sys.platform == "win32", reason=reason)


MODES = _not_on_windows("modes of POSIX")
SIGNALS = _not_on_windows("signals of POSIX")
SCRIPTS = _not_on_windows("the stand-ins are shell scripts")
LINUX = _not_on_windows("looks at a Linux: its files, names and programs")


def _can_link() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder, "link")
        with contextlib.suppress(OSError):
            link.symlink_to(folder, target_is_directory=True)
        return link.is_symlink()


LINKS = pytest.mark.skipif(
    sys.platform == "win32" and not _can_link(),
    reason="Wine has no symbolic links, and not every user of Windows may make them",
)


def shell(argv: list[str]) -> None:
    """Run a command that makes something a test needs; what it cannot make is unavailable, for the reason it gives."""
    try:
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        unavailable(f"{argv[0]} is not on this machine")
    if done.returncode:
        unavailable(f"{' '.join(argv[:4])} …: {last_error(done.stderr) or last_error(done.stdout) or done.returncode}")


def last_error(text: str) -> str:
    """The last error a command told, with the lines it was broken into; else its last words that are no progress."""
    lines = [line.rpartition("\r")[2].rstrip() for line in text.splitlines()]
    lines = [line for line in lines if line and not _PROGRESS.match(line)]
    errors = [number for number, line in enumerate(lines) if _ERROR.match(line)]
    if not errors:
        return lines[-1].strip() if lines else ""
    first = errors[-1]
    more = (line for line in lines[first + 1 :] if line.startswith("   ") and "hint" not in line)
    return " ".join([lines[first].strip(" ×╰╭─▶▸"), *(line.strip() for line in more)])


def uv() -> str | None:
    """The uv of the development environment, else the one on PATH."""
    beside = Path(sys.executable).with_name("uv.exe" if sys.platform == "win32" else "uv")
    return str(beside) if beside.exists() else shutil.which("uv")


@contextlib.contextmanager
def only(kind: str, folder: Path) -> Iterator[None]:
    """`kind` "uv": with uv. "pip": no uv in reach of this process and its children, by name, on PATH or beside it."""
    if kind == "uv":
        if not uv():
            unavailable("uv is not installed: it is one of the development dependencies")
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("UV", raising=False)
        entries = os.environ["PATH"].split(os.pathsep)
        patch.setenv("PATH", os.pathsep.join(_without_uv(entry, folder / str(n)) for n, entry in enumerate(entries)))
        patch.setattr(sys, "executable", str(_twin(folder / "twin")))
        yield


def _without_uv(entry: str, folder: Path) -> str:
    """A folder of programs as it is, or links to all of them but uv."""
    if not shutil.which("uv", path=entry):
        return entry
    folder.mkdir(parents=True)
    for program in Path(entry).iterdir():
        if program.stem not in ("uv", "uvx"):
            (folder / program.name).symlink_to(program)
    return str(folder)


def _twin(folder: Path) -> Path:
    """An interpreter that finds our packages and has no programs beside it."""
    from tests.environments import site_packages, venv

    python = venv(folder)
    ours = sysconfig.get_path("purelib")
    (site_packages(folder) / "ours.pth").write_text(f"import site; site.addsitedir({ours!r})\n")
    return python


def bound_by_modes(call: Callable[[], T]) -> T:
    """What `call` gives where the modes of files hold, as they do for everybody but root."""
    if sys.platform == "win32":
        not_brought("modes of POSIX")
    if os.geteuid() != 0:
        return call()
    if sys.platform != "linux":
        unavailable("root passes over the modes of files; run the tests as another user")
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: (_give_up_capabilities(), call())[1]).result()


def _give_up_capabilities() -> None:
    """In this thread and for good: the kernel keeps them by thread."""
    header = (ctypes.c_uint32 * 2)(_LINUX_CAPABILITY_VERSION_3, 0)
    if ctypes.CDLL(None, use_errno=True).capset(header, (ctypes.c_uint32 * 6)()):
        raise OSError(ctypes.get_errno(), "capset")


@contextlib.contextmanager
def small_file_system(folder: Path, size: str) -> Iterator[Path]:
    """A file system in memory of that size ("3m"), on a new folder."""
    folder.mkdir()
    shell(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)])
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)

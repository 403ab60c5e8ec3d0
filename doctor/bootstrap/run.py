"""What every step of one run needs, and how a step that runs a program says that it failed."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from doctor.bootstrap import children, index, trust
from doctor.bootstrap.home import Home
from doctor.bootstrap.known_failures import Spelling
from doctor.bootstrap.machine import BareMachine
from doctor.bootstrap.options import Options
from doctor.bootstrap.reasons import reason
from doctor.bootstrap.stop import Stop
from doctor.bootstrap.talk import Talk

# what would put our packages elsewhere, or other packages among them
_MISLEADING = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV", "PYTHONPATH", "PYTHONHOME")
_QUOTED = 6
_FULL_BYTES = 1 << 16
SPELLING = Spelling(
    folder="name another folder with TORCH_DOCTOR_HOME=/path",
    mirror="try --mirror auto",
    another_mirror="try another source with --mirror",
)


@dataclass(frozen=True)
class Run:
    """One run. `variables` are what every program started by it gets."""

    options: Options
    home: Home
    machine: BareMachine
    variables: Mapping[str, str]
    talk: Talk
    has_source: bool = False  # `--mirror auto` has found one that answers

    def begin(self) -> None:
        """Make the folder for this run's files, where it is not there yet."""
        if not self.home.work.is_dir():
            self.home.work.mkdir(parents=True)
            self.home.log.touch()

    def logged(self, doing: str, argv: Sequence[str], what: str, *, mirror_helps: bool = False) -> None:
        """Run a program that says nothing to the user. Raises Stop with `what` and the reason its log shows."""
        if not self.try_logged(doing, argv):
            raise self.failure(what, mirror_helps=mirror_helps)

    def try_logged(self, doing: str, argv: Sequence[str], *, timeout_s: float | None = None) -> bool:
        """Whether a program that says nothing to the user ended well. The log is that of the last one."""
        self.begin()
        self.home.log.write_bytes(b"")
        with self.talk.working(doing) as status:
            return children.run_logged(self.home, argv, self.variables, timeout_s=timeout_s, said=status.update)

    def failure(self, what: str, *, mirror_helps: bool = False) -> Stop:
        """`what`, why as far as the log says, which is shown, and what to do about it."""
        log = self.home.log.read_text(encoding="utf-8", errors="replace")
        self.talk.quote([line for line in log.splitlines() if line.strip()][-_QUOTED:])
        found = reason(log, SPELLING, mirror_helps=mirror_helps and self.options.mirror != "auto")
        if found is None and self._disk_is_full():  # which the program could not even write into the log
            found = reason(os.strerror(errno.ENOSPC), SPELLING)
        if found is None:
            return Stop(what, "the output of the command is shown above")
        return Stop(f"{what}: {found.sentence}", found.next_step)

    def _disk_is_full(self) -> bool:
        return shutil.disk_usage(self.home.folder).free < _FULL_BYTES

    def with_variables(self, variables: Mapping[str, str]) -> Run:
        """The same run with other variables for what it starts."""
        return replace(self, variables=variables)

    def path_with(self, folder: Path) -> dict[str, str]:
        """The variables with a folder first on PATH."""
        return {**self.variables, "PATH": f"{folder}{os.pathsep}{self.variables.get('PATH', os.defpath)}"}

    def starts(self, python: Path | str) -> bool:
        """Whether an interpreter is there and runs."""
        return children.ask([str(python), "-I", "-c", "print(1)"], variables=self.variables) == "1"

    @property
    def source(self) -> str:
        """The package source that the user named, with its address; "" where it is the configured one."""
        return index.shown(self.options.mirror) if index.address(self.options.mirror) else ""


@contextlib.contextmanager
def whole_or_gone(folder: Path) -> Iterator[None]:
    """A folder that is being made is gone if that does not end well."""
    remove(folder)
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def remove(folder: Path) -> None:
    """Take a folder of ours away. Raises Stop where something in it is in use."""
    if not folder.exists():
        return
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise Stop(
            f"{folder} cannot be removed: {error.strerror}: {error.filename}", "close what uses it and run this again"
        ) from error


def surroundings(home: Home, options: Options, variables: Mapping[str, str]) -> dict[str, str]:
    """The user's variables, with the mirror that was named, and without what would lead packages elsewhere."""
    kept = {name: value for name, value in variables.items() if name not in _MISLEADING}
    if sys.platform == "win32":  # what is not a console would get the code page, and the log and we are UTF-8
        kept["PYTHONIOENCODING"] = "utf-8"
    return _own_caches(home, trust.of_the_system(index.using(options.mirror, kept)))


def _own_caches(home: Home, variables: dict[str, str]) -> dict[str, str]:
    """uv's cache links its files into the environment; where the user has none it lies, and goes, with our folder."""
    for name, program in (("UV_CACHE_DIR", "uv"), ("PIP_CACHE_DIR", "pip")):
        if name not in variables and not any(folder.is_dir() for folder in _user_caches(program, variables)):
            variables[name] = str(home.folder / "cache" / program)
    return variables


def _user_caches(program: str, variables: Mapping[str, str]) -> Iterator[Path]:
    if local := variables.get("LOCALAPPDATA"):
        yield Path(local, program, "cache" if program == "uv" else "Cache")
    if caches := variables.get("XDG_CACHE_HOME"):
        yield Path(caches, program)
    elif own := variables.get("HOME"):
        yield Path(own, ".cache", program)
        yield Path(own, "Library", "Caches", program)


def one_line(text: str) -> str:
    """For messages that come from elsewhere."""
    return re.sub(r"\s+", " ", text).strip()

"""What was made and what was only used: one record for each environment, so that a second one forgets nothing of the
first, and `--uninstall` removes what was made and nothing else."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from doctor.bootstrap.home import Home, find_home, missing_above, read, write
from doctor.bootstrap.stop import Stop


@dataclass(frozen=True)
class EnvironmentRecord:
    """An environment for PyTorch. `made`: by this program; otherwise it was there before and is never removed.

    `parents`: the folders that had to be made for it, innermost first. `setup`, `recipes`, `lock`: what the step was
    last done for, "" where it was not done. `python` is its interpreter.
    """

    folder: str
    conda: str = ""  # its name, of a conda environment
    made: bool = False
    parents: tuple[str, ...] = ()
    asked: str = ""  # what it was set up from: a lock, a folder of wheels, an accelerator
    setup: str = ""
    recipes: str = ""
    lock: str = ""

    @property
    def id(self) -> str:
        """Short and the same on every run: the key of its record."""
        return hashlib.sha256(f"{self.conda}\n{self.folder}".encode()).hexdigest()[:16]

    @property
    def python(self) -> Path:
        """Where venv and conda put the interpreter on this system; it need not be there."""
        folder = Path(self.folder)
        if sys.platform == "win32":
            return folder / "python.exe" if self.conda else folder / "Scripts" / "python.exe"
        return folder / "bin" / "python"


def remember(home: Home, environment: EnvironmentRecord) -> None:
    """Write its record; it becomes the current one, which is meant where none is named."""
    write(home.folder / "environments" / f"{environment.id}.json", asdict(environment))
    write(home.folder / "current", {"environment": environment.id})


def forget(home: Home, environment: EnvironmentRecord) -> None:
    """Take its record away."""
    (home.folder / "environments" / f"{environment.id}.json").unlink(missing_ok=True)


def environments(home: Home) -> tuple[EnvironmentRecord, ...]:
    """Every one on record, the current one first; a record that cannot be read is passed over."""
    current = read(home.folder / "current").get("environment")
    folder = home.folder / "environments"
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    known = [found for file in files if (found := _environment(read(file)))]
    known += _of_version_0_1(home, {str(Path(found.folder).resolve()) for found in known})
    return tuple(sorted(known, key=lambda environment: environment.id != current))


def _environment(content: Mapping[str, object]) -> EnvironmentRecord | None:
    names = {field.name for field in fields(EnvironmentRecord)}
    kept = {
        name: tuple(value) if isinstance(value, list) else value for name, value in content.items() if name in names
    }
    return EnvironmentRecord(**kept) if isinstance(kept.get("folder"), str) else None  # type: ignore[arg-type]


def _of_version_0_1(home: Home, known: set[str]) -> list[EnvironmentRecord]:
    """It wrote down one folder, without saying who had made it; what lies in its own folder it had made itself."""
    state = home.folder / "state"
    if not state.is_dir():
        return []
    named = (state / "environment").read_text(encoding="utf-8").strip() if (state / "environment").is_file() else ""
    folders = {str(Path(folder).resolve()) for folder in (named, home.default_env) if folder and Path(folder).is_dir()}
    inside = home.folder.resolve()
    return [EnvironmentRecord(folder, made=Path(folder).is_relative_to(inside)) for folder in sorted(folders - known)]


def recall(home: Home, folder: str, conda: str = "") -> EnvironmentRecord:
    """The record of that environment, or a new one: made by us where nothing is there yet, adopted otherwise."""
    wanted = EnvironmentRecord(folder, conda)
    known = next((found for found in environments(home) if found.id == wanted.id), None)
    if known:
        return known
    if Path(folder).is_dir() and any(Path(folder).iterdir()):
        return wanted
    missing = [str(parent) for parent in missing_above(Path(folder)) if parent != home.folder]
    return replace(wanted, made=True, parents=tuple(missing))


def current_python(variables: Mapping[str, str]) -> str | None:
    """The interpreter of the environment that the bootstrap last made or used, where it is still there.

    Reads two small files and runs nothing.
    """
    try:
        found = next((known for known in environments(find_home(variables)) if known.python.is_file()), None)
    except (Stop, OSError):
        return None
    return str(found.python) if found else None

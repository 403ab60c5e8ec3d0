"""`[tool.torch-doctor.lint]` of the nearest `pyproject.toml`.

select = ["dataloader-unpicklable"]      only these rules
ignore = ["dataloader-too-many-workers"]
exclude = ["legacy/*"]                   files and folders, as shell patterns
platform = "all"                         auto, all, windows, macos, linux
python = "3.14"
severity = { "dataloader-unpicklable" = "warning" }
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from doctor.files import regular
from doctor.lint.engine import LintSettings
from doctor.model import DoctorError, Severity
from doctor.rules import names
from doctor.source.methods import PLATFORMS, platforms_of
from doctor.text.documents import toml

KEYS = ("select", "ignore", "exclude", "platform", "python", "severity")


class Config(msgspec.Struct, frozen=True):
    """What the file or the command line asks for; `None` means "not said"."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    platform: str | None = None
    python: str | None = None
    severity: dict[str, Severity] = {}

    def settings(self) -> LintSettings:
        """Raises DoctorError for rules, platforms or versions that do not exist."""
        _check_rules([*self.select, *self.ignore, *self.severity])
        platform = self.platform or "auto"
        if platform not in ("auto", "all", *PLATFORMS):
            raise _config_error("platform", platform, f"auto, all, {', '.join(PLATFORMS)}")
        return LintSettings(
            platforms=platforms_of(platform),
            python=parse_version(self.python) if self.python else this_python(),
            cpus=_cpu_count() if platform == "auto" else None,
            select=frozenset(self.select),
            ignore=frozenset(self.ignore),
            severity=self.severity,
        )


def nearest_config(paths: Iterable[str]) -> Config:
    """The configuration in the nearest `pyproject.toml` at or above the first path; empty when there is none."""
    start = Path(next(iter(paths), ".")).absolute()
    for folder in (start, *start.parents):
        file = folder / "pyproject.toml"
        if file.is_file():
            return read_config(file)
    return Config()


def read_config(file: Path) -> Config:
    """Raises DoctorError when the file is no TOML or has settings that are not understood."""
    try:
        table: Any = toml(regular.read_text(file))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _config_error(str(file), reason, "a valid TOML file") from error
    section = table
    for key in ("tool", "torch-doctor", "lint"):
        section = section.get(key, {}) if isinstance(section, dict) else section
    unknown = sorted(set(section) - set(KEYS)) if isinstance(section, dict) else []
    if unknown:
        raise _config_error(f"{file}: [tool.torch-doctor.lint]", ", ".join(unknown), ", ".join(KEYS))
    try:
        return msgspec.convert(section, Config)
    except msgspec.ValidationError as error:
        raise _config_error(
            f"{file}: [tool.torch-doctor.lint]", str(error), "the values that `torch-doctor lint --help` shows"
        ) from error


def parse_version(text: str) -> tuple[int, int]:
    """ "3.14" or "3.14.1" as (3, 14). Raises DoctorError for anything else."""
    match = re.fullmatch(r"(\d{1,4})\.(\d{1,4})(?:\.\w+)?t?", text)
    if match is None:
        raise _config_error("--python", text, "a version such as 3.14")
    return int(match[1]), int(match[2])


def this_python() -> tuple[int, int]:
    """The version of the active virtual environment, else of this interpreter."""
    folder = os.environ.get("VIRTUAL_ENV") or os.environ.get("CONDA_PREFIX") or ""
    try:
        text = regular.read_text(Path(folder) / "pyvenv.cfg") if folder else ""
    except (OSError, UnicodeDecodeError):
        text = ""
    match = re.search(r"(?m)^version(?:_info)?\s*=\s*(\d{1,4})\.(\d{1,4})\b", text)
    return (int(match[1]), int(match[2])) if match else sys.version_info[:2]


def _cpu_count() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _check_rules(ids: Iterable[str]) -> None:
    unknown = sorted({i for i in ids if i not in names()})
    if unknown:
        raise _config_error("rule ids", ", ".join(unknown), "the ids in docs/checks.md")


def _config_error(what: str, found: str, expected: str) -> DoctorError:
    return DoctorError("lint-configuration", f"{what} is not valid", found, f"expected: {expected}")

"""Configuration files with the chosen sources in them: what each tool's file becomes. Nothing is written here."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from doctor.files import regular
from doctor.model import DoctorError


class ConfigLocations(msgspec.Struct, frozen=True):
    """Where a user's configuration lies: the target's variables, its environment's folder, the working folder."""

    env: Mapping[str, str]
    prefix: Path
    cwd: Path
    platform: str = sys.platform
    apt: Path = Path("/etc/apt")


class ConfigEdit(msgspec.Struct, frozen=True):
    """A file as it is (b"" for none) and as it shall be."""

    tool: str
    path: Path
    old: bytes
    new: bytes
    url: str  # of the source that it is changed for


def read(path: Path) -> bytes:
    """A file's bytes, b"" where there is none. Raises DoctorError when it cannot be read."""
    try:
        return regular.read_whole(path)
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError as error:
        reason = error.strerror or str(error)
        raise DoctorError("mirrors-read", "a configuration file cannot be read", f"{path}: {reason}") from error


def decode(data: bytes) -> str:
    """Text that `encode` turns back into the same bytes, whatever their encoding."""
    return data.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def not_understood(path: Path, why: object) -> DoctorError:
    """A file that its own tool could not read either is not touched."""
    hint = "fix the file first, or move it away"
    return DoctorError("mirrors-configuration", "a configuration file cannot be understood", f"{path}: {why}", hint)


def newline_of(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"

"""doctor.lock.toml: what a build asks of a machine, which no lock file of packages records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from doctor.files import regular
from doctor.model import DoctorError
from doctor.text.documents import Unparsable, toml

FILE = "doctor.lock.toml"
SCHEMA_VERSION = 1
_AGAIN = "restore it, or remove it and run `torch-doctor lock` again"
HEAD = "Written by `torch-doctor lock`: what each build needs of a machine. `torch-doctor setup --from FILE` reads it."


class LockedBuild(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One locked build. "" and () mean that nothing is asked. `device` is what it was used on: "cuda" asks for a
    driver and a GPU, "cpu" for neither, though the build may carry CUDA. `shm_bytes` and `start_method` are told."""

    name: str  # "cu126"
    file: str  # the pylock file beside the contract
    sha256: str = ""  # of that file
    torch: str
    os: str
    arch: str
    python: str  # "3.12"
    device: str
    free_threaded: bool = False
    cuda: str = ""  # "12.6"
    minimum_driver: str = ""
    compute_capabilities: tuple[str, ...] = ()  # what the build has code for: "9.0", or "gfx1100"
    glibc: str = ""
    macos: str = ""
    start_method: str = ""  # of multiprocessing, by default
    shm_bytes: int | None = None  # of /dev/shm where it was locked


def parse(text: str, name: str) -> tuple[LockedBuild, ...]:
    """The builds of a contract. Raises DoctorError for one that is damaged or of a newer schema."""
    document = _toml(text, name)
    version = document.get("schema_version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _error("unreadable", f"{name} is not a {FILE}", f"schema_version is {version!r}")
    if version > SCHEMA_VERSION:
        found = f"schema {version}, this version reads up to {SCHEMA_VERSION}"
        raise _error("newer", f"{name} was written by a newer torch-doctor", found, "upgrade torch-doctor")
    try:
        builds = msgspec.convert(document.get("build", []), tuple[LockedBuild, ...])
        if any(not value.isprintable() for one in builds for value in (one.name, one.torch, one.file, one.python)):
            raise _error("unreadable", f"{name} is damaged", "a name with a line break or a control sign", _AGAIN)
        return builds
    except msgspec.ValidationError as error:
        raise _error("unreadable", f"{name} is damaged", str(error), _AGAIN) from error


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return toml(text)
    except Unparsable as error:
        raise _error("unreadable", f"{name} is not TOML", str(error)) from error


def merge_build(text: str | None, build: LockedBuild, name: str) -> str:
    """The contract's text with this build in the place of the one of that name; comments of people's stay."""
    import tomlkit

    known = parse(text, name) if text is not None else ()
    document = tomlkit.parse(text) if text is not None else tomlkit.document()
    if text is None:
        document.add(tomlkit.comment(HEAD))
        document["schema_version"] = SCHEMA_VERSION
    tables = document.get("build")
    if tables is None:
        tables = tomlkit.aot()
        document["build"] = tables
    table = tomlkit.item(msgspec.to_builtins(build))
    place = next((i for i, one in enumerate(known) if one.name == build.name), None)
    if place is None:
        tables.append(table)
    else:
        tables[place] = table
    return tomlkit.dumps(document)


def read(path: Path) -> tuple[LockedBuild, ...]:
    return parse(read_text(path), path.name)


def read_text(path: Path) -> str:
    """Raises DoctorError when the file cannot be read or is no text."""
    try:
        return regular.read_text(path)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _error("unreadable", f"cannot read {path}", reason, "write one with `torch-doctor lock`") from error


def _error(what: str, message: str, context: str, hint: str = "") -> DoctorError:
    return DoctorError(f"lock-{what}", message, context, hint)

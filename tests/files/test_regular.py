"""Reading files that are regular, and nothing else."""

from __future__ import annotations

import ast
import os
import sys
from pathlib import Path

import pytest

from doctor.files import regular
from tests.files.special import NOT_READ
from tests.surroundings import LINKS, LINUX

DOCTOR = Path(regular.__file__).parents[1]
# Rooms that cannot import this one, or run in other interpreters, and files of the doctor's own
ELSEWHERE = ("bootstrap", "target/inside", "files", "catalog", "process", "recipes")
OWN = {
    "explain/alike.py": "its own data",
    "explain/atlas/__init__.py": "its own data",
    "refresh/run.py": "its own data",
    "cli/_streams.py": "the null device, in the place of a closed stream",
    "cli/run_recipes.py": "its own recipes",
    "cli/_input.py": "a stream that the shell has opened",
    "fix/replace.py": "launchers that an installer has just written, regular ones alone",
    "probes/_nvidia_child/answers.py": "/proc/self/maps",
    "setup/environment.py": "the lock that it holds",
    "setup/fetching.py": "what it has downloaded",
    "setup/resolve.py": "the report that pip has just written",
}


@pytest.mark.parametrize("kind", [pytest.param(k, marks=() if k == "folder" else LINUX) for k in NOT_READ])
def test_what_is_no_file_is_said_to_be_none(kind: str, tmp_path: Path) -> None:
    make, reason = NOT_READ[kind]
    make(tmp_path / "x")
    with pytest.raises(OSError) as told:
        regular.read_whole(tmp_path / "x")
    assert reason in (told.value.strerror or "")


def test_at_most_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"0123456789")
    assert regular.read(tmp_path / "x", 4) == b"0123"
    assert regular.read_whole(tmp_path / "x", 10) == b"0123456789"
    with pytest.raises(OSError):
        regular.read_whole(tmp_path / "x", 9)


def test_the_null_device_is_an_empty_file() -> None:
    assert regular.read_whole(os.devnull) == b""


@LINKS
def test_links_are_followed(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"told")
    (tmp_path / "link").symlink_to("x")
    assert regular.read_text(tmp_path / "link") == "told"
    (tmp_path / "dangling").symlink_to("nowhere")
    with pytest.raises(FileNotFoundError):
        regular.read(tmp_path / "dangling")


def test_a_file_of_proc_has_a_text_though_its_size_is_none() -> None:
    if sys.platform == "linux":
        assert regular.read("/proc/self/status", 5) == b"Name:"


def _opens(source: Path) -> list[int]:
    """Lines that open a file to read it, not through this room."""
    found = []
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        base = getattr(getattr(node.func, "value", None), "id", "")
        mode = next((str(a.value) for a in node.args[:1] if isinstance(a, ast.Constant)), "r")
        reads = name in ("read_text", "read_bytes") and isinstance(node.func, ast.Attribute)
        reads |= name == "open" and base not in ("archive", "terminal", "os") and set(mode) <= set("rbt")
        if reads and base not in ("regular", "contract"):
            found.append(node.lineno)
    return found


def test_nothing_else_opens_files() -> None:
    """A file beside these needs a reason; `Path.read_text` hangs on a pipe, and reads a device to the end of memory."""
    sources = {path.relative_to(DOCTOR).as_posix(): path for path in DOCTOR.rglob("*.py")}
    found = {
        name: lines for name, path in sources.items() if not name.startswith(ELSEWHERE) and (lines := _opens(path))
    }
    assert found.keys() == OWN.keys(), found

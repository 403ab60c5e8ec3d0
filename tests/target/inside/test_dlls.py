"""What DLLs for Windows tell as files, beside folders that have what they ask for, or not."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from doctor.target.interpreter import INSIDE
from tests.windows_files import dll


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(INSIDE))
    import _dlls
    import _pe

    yield _dlls, _pe
    for name in ("_dlls", "_pe", "_interpreter"):
        sys.modules.pop(name, None)


def test_a_dll_tells_what_it_imports_and_how_long_it_is(inside, tmp_path: Path) -> None:
    file = tmp_path / "c10.dll"
    file.write_bytes(dll("KERNEL32.dll", "MSVCP140.dll", more=5000))
    told = inside[1].read_program(file)
    assert told == {"needs": ["KERNEL32.dll", "MSVCP140.dll"], "length": file.stat().st_size}
    file.write_bytes(dll("KERNEL32.dll") + b"a signature behind it")
    assert inside[1].read_program(file)["length"] == file.stat().st_size - 21


@pytest.mark.parametrize(
    ("content", "begins"), [(b"", "empty"), (bytes(4096), "00 00 00 00"), (b"<!DOCTYPE html>", "3c 21 44 4f")]
)
def test_what_is_no_program_says_how_it_begins(inside, tmp_path: Path, content: bytes, begins: str) -> None:
    (tmp_path / "c10.dll").write_bytes(content)
    with pytest.raises(inside[1].NoProgram, match=begins):
        inside[1].read_program(tmp_path / "c10.dll")


@pytest.mark.parametrize("kept", range(0, 800, 31))
def test_any_beginning_of_a_dll_is_no_program_or_too_short(inside, tmp_path: Path, kept: int) -> None:
    whole, file = dll("KERNEL32.dll", "VCRUNTIME140_THREADS.dll", more=300), tmp_path / "x.dll"
    file.write_bytes(whole[:kept])
    told = inside[0].examine([str(file)], [])
    assert told["absent"] == []
    assert [one["problem"] for one in told["damaged"]] == ["header" if kept < 0x40 + 24 + 240 + 24 else "size"]


def test_a_list_of_imports_that_leads_nowhere_ends(inside, tmp_path: Path) -> None:
    content = bytearray(dll("KERNEL32.dll"))
    (tmp_path / "x.dll").write_bytes(content.replace(b"\0\x10\0\0", b"\xff\xff\xff\x7f"))
    assert inside[0].examine([str(tmp_path / "x.dll")], [])["absent"] == []


def test_what_is_in_no_folder_is_absent_once(inside, tmp_path: Path) -> None:
    lib, system = tmp_path / "torch/lib", tmp_path / "System32"
    lib.mkdir(parents=True)
    system.mkdir()
    (system / "KERNEL32.dll").touch()
    needs = ("KERNEL32.dll", "c10.dll", "api-ms-win-crt-heap-l1-1-0.dll", "VCRUNTIME140_THREADS.dll")
    for name in ("c10.dll", "torch_cpu.dll"):
        (lib / name).write_bytes(dll(*needs))
    (tmp_path / "torch/_C.cp311-win_amd64.pyd").write_bytes(dll("libomp140.x86_64.dll"))
    (lib / "notes.txt").touch()
    told = inside[0].examine(inside[0]._own(str(tmp_path / "torch")), [str(lib), str(system)])
    assert told["damaged"] == []
    assert told["absent"] == [
        {"name": "VCRUNTIME140_THREADS.dll", "needed_by": "c10.dll"},
        {"name": "libomp140.x86_64.dll", "needed_by": "_C.cp311-win_amd64.pyd"},
    ]


def test_where_windows_looks(inside, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not in the scripts of an environment that is not active: its program is the Python that it was made from."""
    monkeypatch.setattr(sys, "_base_executable", "/base/python.exe", raising=False)
    monkeypatch.setattr(sys, "base_prefix", "/store")
    monkeypatch.setattr(sys, "executable", "/env/Scripts/python.exe")
    monkeypatch.setenv("SYSTEMROOT", "/windows")
    monkeypatch.setenv("PATH", f'/one{os.pathsep}"/two"')
    folders = [Path(folder).as_posix() for folder in inside[0]._searched("/env/Lib/site-packages/torch")]
    assert folders[:5] == ["/env/Lib/site-packages/torch/lib", "/base", "/store", "/windows/System32", "/windows"]
    assert folders[-2:] == ["/one", "/two"]
    assert "/env/Scripts" not in folders

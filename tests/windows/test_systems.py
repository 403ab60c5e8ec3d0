"""The Windows that the tests of this folder run on is one, as far as they need it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.surroundings import not_brought
from tests.windows.systems import Windows, Wine

pytestmark = pytest.mark.heavy


def test_it_is_a_python_for_windows(windows: Windows) -> None:
    asked = "import json, os, sys, sysconfig; print(json.dumps([sys.platform, os.name, sysconfig.get_platform()]))"
    assert json.loads(windows.run(windows.python, "-c", asked).stdout) == ["win32", "nt", "win-amd64"]


def test_what_a_program_is_given_arrives(windows: Windows, tmp_path: Path) -> None:
    told = (
        "import os, sys; print(os.environ['USERPROFILE'], os.environ.get('GONE'), sys.argv[1:], input()); sys.exit(7)"
    )
    (tmp_path / "a b").mkdir()
    words = ("", 'with "quotes"', "back\\", "张三", tmp_path / "a b")
    done = windows.run(
        windows.python, "-c", told, *words, env={"USERPROFILE": "C:\\Users\\张三", "GONE": ""}, stdin="typed\n"
    )
    assert done.returncode == 7
    expected = [windows.path(word) if isinstance(word, Path) else word for word in words]
    assert done.stdout.split("\n")[0].rstrip() == f"C:\\Users\\张三 None {expected} typed"


def test_a_number_is_written_to_the_registry(windows: Windows) -> None:
    if not isinstance(windows, Wine):
        not_brought("the registry of a real machine is left alone")
    windows.registry(r"HKLM\SYSTEM\CurrentControlSet\Control\FileSystem", "LongPathsEnabled", 1)
    asked = (
        "import winreg as w; k = w.OpenKey(w.HKEY_LOCAL_MACHINE, r'SYSTEM\\CurrentControlSet\\Control\\FileSystem'); "
    )
    done = windows.run(windows.python, "-c", asked + "print(w.QueryValueEx(k, 'LongPathsEnabled'))")
    assert done.stdout.split() == ["(1,", "4)"]

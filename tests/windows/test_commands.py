"""What is printed for Windows is typed into cmd there: whatever needs no more than a Python, and pip without a network.

The environment has a blank, an ampersand, brackets and an apostrophe in its path. Its torch is a stand-in that answers
anything, so that it is the line and the code in it that are tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Facts
from doctor.model import Argv, Broken, Shell, ok
from doctor.render.shell import command_line
from tests.bootstrap.parts import wheel
from tests.remedy.hosts import case
from tests.remedy.test_windows import RULES, installed
from tests.surroundings import not_brought
from tests.windows.systems import Windows, Wine, environment

pytestmark = pytest.mark.heavy

TORCH = """
class Anything:
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self
    def __call__(self, *_, **__):
        return self
    __matmul__ = __call__
def __getattr__(name):
    return getattr(Anything(), name)
__version__ = "2.3.1+cu121"
"""
METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{more}"
PROGRAM = "import os, sys\nprint(sys.argv, {name: os.environ.get(name) for name in ('HF_HUB_OFFLINE', 'VSLANG')})\n"
Typed = dict[tuple[Argv, ...], str]  # and the rule of each
# of what pip is told one of each kind: each takes seconds there
PIP = (
    r"uninstall -y doctor", r"install numpy<2", r"install -r requirements\.txt", r"cache purge", r"debug --verbose",
    r"install --force-reinstall --no-deps --no-cache-dir torch===\S+ --index-url \S+",
)  # fmt: skip


@pytest.fixture
def interpreter(windows: Windows, tmp_path: Path) -> Path:
    """Of the environment that the commands are for."""
    if not isinstance(windows, Wine):
        not_brought("a Windows of its own is needed: what is typed changes the user's folders")
    folder = tmp_path / "R&D (it's mine)"
    site = environment(windows, folder, pip=True)
    for name, version, more in (("torch", "2.3.1+cu121", "Requires-Dist: triton==2.3.1\n"), ("doctor", "1.0", "")):
        info = site / f"{name}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(METADATA.format(name=name, version=version, more=more))
        (info / "RECORD").write_text(f"{name}/__init__.py,,\n{info.name}/METADATA,,\n{info.name}/RECORD,,\n")
        (site / name).mkdir()
        (site / name / "__init__.py").write_text(TORCH)
    (site / "bitsandbytes").mkdir()
    (site / "bitsandbytes" / "__main__.py").write_text("print('asked')\n")
    return folder / "Scripts" / "python.exe"


def remedies(python: str) -> Iterator[tuple[str, tuple[Argv, ...]]]:
    """By rule the commands that the interpreter is enough for."""
    told: Facts = installed(case("windows-11", "pip", "3.11", "rtx-4090").facts, "venv", "X", "cmd")
    assert told.python.value
    found = msgspec.structs.replace(told.python.value, executable=python, prefix=python.rpartition("\\Scripts")[0])
    facts = msgspec.structs.replace(told, python=ok(found))
    for rule_id in RULES:
        answer = remedies_of(rules.load(rule_id), facts)
        assert not isinstance(answer, Broken)
        for remedy in answer:
            if all(argv[0] in (python, "set") and _is_tried(argv) for argv in remedy.commands) and remedy.commands:
                assert remedy.shell is Shell.CMD
                yield rule_id, remedy.commands


def _is_tried(argv: Argv) -> bool:
    return argv[1:3] != ("-m", "pip") or any(re.fullmatch(form, " ".join(argv[3:])) for form in PIP)


def test_they_run(windows: Windows, interpreter: Path, tmp_path: Path) -> None:
    python = windows.path(interpreter)
    typed = {commands: rule_id for rule_id, commands in remedies(python)}
    folder, wheels = tmp_path / "work", tmp_path / "wheels"
    folder.mkdir()
    wheels.mkdir()
    for name, version in (("numpy", "1.26.4"), ("torch", "2.3.1+cu121"), ("tiny", "1.0")):
        wheel(wheels, name, version, {f"{name}/__init__.py": TORCH}, *(["triton==2.3.1"] if name == "torch" else []))
    (folder / "PROGRAM.py").write_text(PROGRAM)
    (folder / "requirements.txt").write_text("tiny\n")
    first, said = typed_into_cmd(windows, folder, wheels, typed)
    failed, again = typed_into_cmd(windows, folder, wheels, first)  # on a busy machine Wine's cmd starts not everything
    said += again
    assert not failed, f"{failed}\n{said[-6000:]}"
    print(f"{len(typed)} remedies, {sum(map(len, typed))} commands typed into cmd")
    assert len(typed) > 25
    site = interpreter.parent.parent / "Lib" / "site-packages"
    assert (site / "tiny").is_dir() and (site / "numpy").is_dir() and not (site / "doctor").exists()
    assert "{'HF_HUB_OFFLINE': '1'," in said and "'VSLANG': '1033'}" in said


def typed_into_cmd(windows: Windows, folder: Path, wheels: Path, typed: Typed) -> tuple[Typed, str]:
    """Those of the remedies that failed, and what was printed."""
    lines = ["@echo off"]
    for number, commands in enumerate(typed):
        for argv in commands:
            lines += [command_line(argv, Shell.CMD), f"if errorlevel 1 echo @FAILED {number}"]
    (folder / "all.bat").write_text("\r\n".join([*lines, "echo @END", ""]))
    env = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": windows.path(wheels), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = windows.run("cmd", "/d", "/c", folder / "all.bat", cwd=folder, env=env)
    assert "@END" in done.stdout, done.stdout[-3000:] + done.stderr[-3000:]
    failed = {int(number) for number in re.findall(r"@FAILED (\d+)", done.stdout)}
    left = {commands: rule_id for number, (commands, rule_id) in enumerate(typed.items()) if number in failed}
    return left, done.stdout + done.stderr

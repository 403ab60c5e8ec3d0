"""What a person sees of `torch-doctor setup` on a terminal of 80 columns, and what a log gets."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.setup.conftest import use_own_caches
from tests.setup.wheel_index import Index, pair, serving

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(
        (sys.platform, platform.machine()) != ("linux", "x86_64"), reason="the wheels are for Linux x86_64"
    ),
]
ON_A_TERMINAL = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
CONTROL = re.compile(r"\x1b\[[0-?]*[a-zA-Z]")
DOWNLOADING = re.compile(r"downloading [1-9][\d.]* [kM]B of 9\.0 MB")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    """It keeps the second half of each wheel back."""
    use_own_caches(tmp_path, monkeypatch)
    monkeypatch.setenv("COLUMNS", "80")
    with serving(Index(pair(size=3_000_000, packed=False))) as running:
        running.second_halves.clear()
        yield running


def words(tmp_path: Path, index: Index) -> list[str]:
    named = ("--env", str(tmp_path / "env"), "--python", sys.executable, "--index-url", index.url)
    return [sys.executable, "-m", "doctor", "setup", *named, "--accelerator", "cpu"]


class Screen:
    """A command on a terminal of its own, and all that it has shown."""

    def __init__(self, argv: list[str]) -> None:
        spawned = [sys.executable, "-c", ON_A_TERMINAL, *argv]
        self.child = subprocess.Popen(spawned, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.shown = ""

    def types(self, keys: str) -> None:
        assert self.child.stdin
        self.child.stdin.write(keys.encode())

    def await_text(self, text: re.Pattern[str]) -> None:
        assert self.child.stdout
        while not text.search(self.shown):
            chunk = os.read(self.child.stdout.fileno(), 65536)
            assert chunk, self.shown
            self.shown = CONTROL.sub("", self.shown + chunk.decode("utf-8", "replace"))

    def end(self) -> int:
        assert self.child.stdout
        self.shown = CONTROL.sub("", self.shown + self.child.stdout.read().decode("utf-8", "replace"))
        return self.child.wait(60)


def test_progress_and_ctrl_c(tmp_path: Path, index: Index, installer: str) -> None:
    screen = Screen(words(tmp_path, index))
    screen.await_text(re.compile(r"\[y/N\]"))
    screen.types("y\n")
    screen.await_text(DOWNLOADING)
    screen.types("\x03")
    assert screen.end() == 130
    last = [line.rpartition("\r")[2] for line in screen.shown.replace("\r\n", "\n").splitlines()[-2:]]
    assert last == [
        "torch-doctor: interrupted",
        "  to do: run it again: it goes on from what is already downloaded",
    ]
    lines = screen.shown.replace("\r\n", "\n").replace("\r", "\n").splitlines()
    assert [line for line in lines if len(line) > 80 and " " in line.strip().removesuffix(" \\")] == []
    assert not (tmp_path / "env").exists()


def test_a_log_has_lines_without_control_characters(
    tmp_path: Path, index: Index, installer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    argv = [*words(tmp_path, index), "--yes"]
    child = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert child.stderr
    told = []
    for line in child.stderr:
        told.append(line)
        if DOWNLOADING.search(line):
            index.second_halves.set()
    child.wait(120)
    assert index.second_halves.is_set(), told
    assert all(line.rstrip("\n").isprintable() for line in told), told

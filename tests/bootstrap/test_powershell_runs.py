"""bootstrap.ps1 in a real PowerShell: its words, at a terminal, and two at once."""

from __future__ import annotations

import contextlib
import json
import random
import sys
from pathlib import Path

import pytest

from doctor.bootstrap.options import SWITCHES, VALUES
from tests.bootstrap.parts import tree
from tests.bootstrap.running import stopped
from tests.bootstrap.shells import POWERSHELL, QUICKLY, PowerShell
from tests.bootstrap.test_failures import at_a_terminal
from tests.bootstrap.test_handover import wait_for
from tests.bootstrap.test_words import is_valid, line
from tests.surroundings import not_brought

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(900)]
LINES = 300
WAY = PowerShell()
# Runs it with each line of a file, in one process; tells the exit codes.
_DRIVER = """
$lines = Get-Content -Raw -Encoding UTF8 -LiteralPath $env:LINES | ConvertFrom-Json
$codes = foreach ($line in $lines) {
    $words = @($line.words)
    & $env:SCRIPT @words
    $LASTEXITCODE
}
[IO.File]::WriteAllText($env:CODES, ($codes -join ' '))
"""


@pytest.fixture(autouse=True)
def _there() -> None:
    if sys.platform == "win32":
        not_brought("the stand-ins for Python and uv are shell scripts")
    WAY.skip()


def python_that_notes(folder: Path, then: str = "") -> Path:
    """In place of a Python: it is a good one, and writes down what it is started with."""
    python = folder / "python"
    python.write_text(f"""#!/bin/sh
case "$*" in *sys.base_prefix*) printf '%s\\n/usr\\n' "$0" && exit ;; esac
{{ printf '%s\\0' "$@" && echo; }} >>{folder}/started
{then}
""")
    python.chmod(0o755)
    return python


def started(folder: Path) -> list[list[str]]:
    """The words that the body was started with, run by run."""
    file = folder / "started"
    runs = file.read_bytes().decode().split("\0\n")[:-1] if file.exists() else []
    return [run.split("\0")[8:] for run in runs]


def powershell_spelling(words: list[str], chance: random.Random) -> list[str]:
    names = {f"--{name}": f"-{spelling}" for name, spelling in {**SWITCHES, **VALUES}.items()}
    spelled: list[str] = []
    for word in words:
        name, mark, value = word.partition("=")
        spelled.append(names.get(name, name) + mark + value if chance.random() < 0.6 else word)
    return spelled


def run_lines(lines: list[list[str]], home: Path) -> tuple[list[int], str]:
    """Their exit codes and what was said, of runs in one PowerShell."""
    folder = home.parent
    (folder / "lines.json").write_text(json.dumps([{"words": words} for words in lines]))
    (folder / "driver.ps1").write_text(_DRIVER)
    done = WAY.run(
        folder=home, script=folder / "driver.ps1", PYTHON=str(python_that_notes(folder)), SCRIPT=str(POWERSHELL),
        LINES=str(folder / "lines.json"), CODES=str(folder / "codes"), TORCH_DOCTOR_HOME=str(folder / "made"),
    )  # fmt: skip
    assert not (folder / "made").exists()
    return [int(code) for code in (folder / "codes").read_text().split()], done.stderr


def test_random_lines(home: Path) -> None:
    """Nothing is made; what is wrong ends with 2, and what is right reaches the body as it is."""
    (home / "wheels").mkdir()
    (home / "pylock.toml").touch()
    before = tree(home)
    chance = random.Random(20261129)
    lines = [powershell_spelling(line(chance), chance) for _ in range(LINES)]
    codes, said = run_lines(lines, home)
    with contextlib.chdir(home):
        valid = [is_valid(words) for words in lines]
    wrong = [
        (words, code) for words, code, right in zip(lines, codes, valid, strict=True) if code != (0 if right else 2)
    ]
    assert wrong == [], said[-2000:]
    assert started(home.parent) == [words for words, right in zip(lines, valid, strict=True) if right], "as they are"
    assert {path: seen for path, seen in tree(home).items() if path in before} == before
    assert sum(valid) > LINES / 5, "otherwise the lines say little"
    assert said.count("bootstrap: ") == LINES - sum(valid)
    assert ".ps1" not in said, "no error of PowerShell's own"


def test_values_reach_the_body_as_they_are(home: Path) -> None:
    blanks = ["a b", 'a "quoted" word', "C:\\a b\\", "C:\\ab\\\\", '\\"', "数据 盘", "it's", "a\u00a0b"]
    signs = ["$HOME `x` %PATH% !x!", "[a]*?", "a;b&c|d", "a,b", "@x", "{x}", "a=b", "^a^", "1e3", "<x>"]
    lines = [["--env", value, "-Yes"] for value in blanks + signs]
    codes, said = run_lines(lines, home)
    assert codes == [0] * len(lines), said
    assert started(home.parent) == lines


@pytest.mark.parametrize("asks", [True, False])
def test_at_a_terminal_it_asks_unless_nobody_is_to_be_asked(tmp_path: Path, source: Path, asks: bool) -> None:
    quickly = [word for word in QUICKLY if not asks or word != "-NonInteractive"]
    (tmp_path / "home").mkdir()
    code, said = at_a_terminal(
        [WAY.program, *quickly, "-File", str(POWERSHELL), "-CheckOnly", "-Offline", str(source.parent)],
        tmp_path / "home", b"n\n", TORCH_DOCTOR_HOME=str(tmp_path / "td"),
    )  # fmt: skip
    assert (code, "[Y/n]" in said) == ((1, True) if asks else (0, False)), said
    assert (tmp_path / "td").exists() != asks


def test_two_at_once_and_one_that_is_killed(tmp_path: Path, source: Path) -> None:
    """The body goes on without the PowerShell that started it, and holds the folder."""
    home = {"TORCH_DOCTOR_HOME": str(tmp_path / "td")}
    words = ("-Yes", "-Offline", source.parent)
    with stopped(WAY.start(*words, folder=tmp_path, FAKE_SETUP_S="600", **home)) as first:
        wait_for(tmp_path / "asked", "setup")
        first.kill()
        second = WAY.run(*words, folder=tmp_path, **home)
        assert second.returncode == 1
        assert "another bootstrap is running" in second.stderr
    done = WAY.run(*words, folder=tmp_path, **home)
    assert done.returncode == 0, done.stderr
    assert "--- setup" in done.stderr

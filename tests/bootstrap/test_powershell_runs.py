"""bootstrap.ps1 in a real PowerShell: its words, what it leaves in a session, Ctrl-C, and where there is no Python."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import re
import signal
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from doctor.bootstrap.options import SWITCHES, VALUES
from tests.bootstrap.parts import tools_only, tree
from tests.bootstrap.shells import POWERSHELL, PowerShell, ended, stopped
from tests.bootstrap.test_handover import wait_for
from tests.bootstrap.test_without_python import served
from tests.bootstrap.test_words import is_valid, line
from tests.surroundings import not_brought

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(900)]
LINES = 300
WAY = PowerShell()
_UV = f"""#!/bin/sh
bin=$UV_PYTHON_INSTALL_DIR/cpython-3.13/bin
case "$*" in
  "python install"*) mkdir -p "$bin" && ln -sf {sys.executable} "$bin/python3" ;;
  "python find"*) echo "$bin/python3" ;;
  *) exit 2 ;;
esac
"""
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
# What a session has before and after it in each of the ways to start it, where its own preferences are the strictest.
_SESSION = """
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
function Get-Session {
    $moving = 'LASTEXITCODE Error StackTrace ? ^ $ _ before after way PWD foreach switch PSItem moving lines' -split ' '
    $lines = @(Get-Variable | Where-Object { $_.Name -notin $moving } |
        ForEach-Object { "variable $($_.Name) $($_.Value)" })
    $lines += Get-ChildItem function: | ForEach-Object { "function $($_.Name)" }
    $lines += Get-ChildItem alias: | ForEach-Object { "alias $($_.Name)" }
    $lines += Get-ChildItem env: | ForEach-Object { "env $($_.Name) $($_.Value)" }
    $lines += "encoding $([Console]::OutputEncoding.WebName) $([Console]::InputEncoding.WebName)"
    $lines += "protocols $([Net.ServicePointManager]::SecurityProtocol) folder $PWD"
    $lines
}
$text = Get-Content -Raw -LiteralPath $env:SCRIPT
$null = Get-Session
$before = Get-Session
foreach ($way in 'call', 'dot', 'block', 'iex') {
    switch ($way) {
        'call' { & $env:SCRIPT -Yes }
        'dot' { . $env:SCRIPT -Yes }
        'block' { & ([scriptblock]::Create($text)) -Yes }
        'iex' { $text | Invoke-Expression }
    }
    "$way $LASTEXITCODE"
    $after = Get-Session
    Compare-Object $before $after | ForEach-Object { "left by ${way}: $($_.InputObject)" }
    try { $null = $nothingOfThatName; 'the strict mode is off' } catch { }
}
'the caller goes on'
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
    return [names.get(word, word) if chance.random() < 0.6 else word for word in words]


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


def test_nothing_stays_in_the_session(tmp_path: Path) -> None:
    (tmp_path / "session.ps1").write_text(_SESSION)
    done = WAY.run(
        folder=tmp_path, script=tmp_path / "session.ps1", SCRIPT=str(POWERSHELL), TORCH_DOCTOR_HOME=str(tmp_path / "d"),
        PYTHON=str(python_that_notes(tmp_path, "exit 7")), TORCH_DOCTOR_SOURCE=str(tmp_path),
    )  # fmt: skip
    assert done.stdout.splitlines() == ["call 7", "dot 7", "block 7", "iex 7", "the caller goes on"], done.stderr
    assert started(tmp_path) == [["-Yes"], ["-Yes"], ["-Yes"], []]


def test_ctrl_c(tmp_path: Path) -> None:
    python = python_that_notes(tmp_path, "sleep 60")
    with stopped(WAY.start("-Yes", folder=tmp_path, PYTHON=str(python))) as running:
        for _ in range(1200):
            if (tmp_path / "started").exists():
                break
            time.sleep(0.05)
        os.killpg(running.pid, signal.SIGINT)
        assert ended(running, 60).returncode == 130


def test_where_policy_forbids_it(tmp_path: Path) -> None:
    (tmp_path / "policy.ps1").write_text(
        "$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'\n"
        '& $env:SCRIPT -Yes\n"ended $LASTEXITCODE"\n'
    )
    done = WAY.run(
        folder=tmp_path,
        script=tmp_path / "policy.ps1",
        SCRIPT=str(POWERSHELL),
        NO_COLOR="1",
        PYTHON=str(python_that_notes(tmp_path)),
    )
    assert "a policy of this machine keeps PowerShell scripts from it" in re.sub(r"\s*\n\s*\|\s*", " ", done.stderr)
    assert done.stdout == "ended 1\n"
    assert started(tmp_path) == []


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """The release file of a uv that has a Python to give."""
    inside = zipfile.ZipInfo("uv.exe")
    inside.external_attr = 0o755 << 16
    inside.create_system = 3
    with zipfile.ZipFile(tmp_path / "uv.zip", "w") as archive:
        archive.writestr(inside, _UV)
    return tmp_path / "uv.zip"


def script(packed: Path, folder: Path) -> Path:
    """The real one with the checksum of that file, and less patience."""
    right = hashlib.sha256(packed.read_bytes()).hexdigest()
    text = re.sub(r"(?<=\.zip )[0-9a-f]{64}", right, POWERSHELL.read_text(encoding="ascii"))
    changed = folder / "bootstrap.ps1"
    changed.write_text(text.replace("OperationTimeoutSeconds = 30", "OperationTimeoutSeconds = 2"))
    return changed


@contextlib.contextmanager
def without_python(tmp_path: Path) -> Iterator[dict[str, str]]:
    yield {
        "PATH": tools_only(tmp_path / "bin", "readlink"), "PYTHON": "", "TORCH_DOCTOR_HOME": str(tmp_path / "td"),
        "TORCH_DOCTOR_SOURCE": str(tmp_path / "wheels"),
    }  # fmt: skip


def test_no_python_and_a_good_uv(tmp_path: Path, source: Path, packed: Path) -> None:
    with without_python(tmp_path) as variables, served(packed, "") as url:
        changed = script(packed, tmp_path)
        words = ("-CheckOnly", "-Offline", source.parent)
        done = WAY.run(*words, folder=tmp_path, script=changed, TORCH_DOCTOR_RELEASES=url, **variables)
        assert done.returncode == 0, done.stderr
        assert f"{tmp_path}/td/python/cpython-3.13/bin/python3 (3." in done.stderr
        again = WAY.run(*words, folder=tmp_path, TORCH_DOCTOR_RELEASES="http://127.0.0.1:9", **variables)
        assert again.returncode == 0, again.stderr
        assert "fetching" not in again.stderr
        assert WAY.run("-Uninstall", "-Yes", folder=tmp_path, **variables).returncode == 0
    assert not (tmp_path / "td").exists()


@pytest.mark.parametrize("fault", ["wrong", "gone", "stalled", "cut", "refused"])
def test_no_python_and_a_download_that_fails(tmp_path: Path, source: Path, packed: Path, fault: str) -> None:
    with without_python(tmp_path) as variables, served(packed, fault) as url:
        changed = POWERSHELL if fault == "wrong" else script(packed, tmp_path)
        release = "http://127.0.0.1:9" if fault == "refused" else url
        done = WAY.run("-Yes", folder=tmp_path, script=changed, TORCH_DOCTOR_RELEASES=release, **variables)
    assert done.returncode == 1, done.stderr
    assert ("has the wrong checksum" if fault == "wrong" else "could not be fetched: ") in done.stderr
    assert "\n  next: " in done.stderr
    assert not (tmp_path / "td").exists()


def test_no_python_and_a_proxy(tmp_path: Path, source: Path, packed: Path) -> None:
    """A mirror of the releases that only the proxy knows."""
    with without_python(tmp_path) as variables, served(packed, "") as url:
        proxy = {"HTTP_PROXY": url.removeprefix("http://"), "TORCH_DOCTOR_RELEASES": "http://releases.example/"}
        done = WAY.run("-DryRun", folder=tmp_path, script=script(packed, tmp_path), **proxy, **variables)
        assert done.returncode == 0 and not (tmp_path / "td").exists(), done.stderr
        done = WAY.run(
            "-CheckOnly",
            "-Offline",
            source.parent,
            folder=tmp_path,
            script=tmp_path / "bootstrap.ps1",
            **proxy,
            **variables,
        )
    assert done.returncode == 0, done.stderr
    assert "fetching http://releases.example/astral-sh/uv/releases/download/" in done.stderr


@pytest.mark.parametrize("words", [["-DryRun"], ["-Help"], ["-Uninstall"], ["-Mirror", "nowhere"], ["-CheckOnyl"]])
def test_no_python_and_nothing_to_be_done(tmp_path: Path, source: Path, words: list[str]) -> None:
    with without_python(tmp_path) as variables:
        done = WAY.run(*words, folder=tmp_path, **variables)
    wrong = words[0] in ("-Mirror", "-CheckOnyl")
    assert done.returncode == (2 if wrong else words == ["-Uninstall"]), done.stderr
    assert wrong or "there is no Python 3.11 or newer here" in done.stderr
    assert not (tmp_path / "td").exists()


def test_no_python_and_a_folder_of_others(tmp_path: Path, source: Path) -> None:
    (tmp_path / "td").mkdir()
    (tmp_path / "td/thesis.tex").write_text("mine")
    with without_python(tmp_path) as variables:
        done = WAY.run("-Yes", folder=tmp_path, **variables)
    assert done.returncode == 1
    assert "holds files that torch-doctor did not make" in done.stderr
    assert "fetching" not in done.stderr


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

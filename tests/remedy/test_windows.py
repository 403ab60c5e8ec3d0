"""What is printed for a Windows machine: commands of Windows, in the words of its shell, about one Python."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.diagnose.suspects import nearest
from doctor.facts import Conda, Facts, Host, Toolkits
from doctor.model import PROGRAM, Argv, Broken, Remedy, Shell, ok
from doctor.render.remedies import notes
from doctor.render.shell import command_line
from tests.bootstrap.shells import PowerShell
from tests.remedy.hosts import ACCELERATORS, case
from tests.remedy.shell_words import HOME, NAME, TAKES

SHELLS = {"cmd": Shell.CMD, "powershell": Shell.POWERSHELL, "bash": Shell.POSIX, None: Shell.WINDOWS}
FOLDERS = (
    r"C:\envs\train",
    r"C:\Users\Ann Lee\envs (old)\train",
    r"D:\数据 盘\张三\env",
    r"C:\Users\O'Neil\R&D\env",
    r"\\server\share\my env",
    r"~\miniconda3\envs\my train",
)
# the kind of environment, and where its Python lies in its folder
KINDS = {
    "conda": "python.exe",
    "venv": r"Scripts\python.exe",
    "uv": r"Scripts\python.exe",
    "system": "python.exe",
    "store": "python.exe",
    "not told": "",
}
PYTHONIC = {"python", "uv", "conda", PROGRAM, "torchrun", "winget", "setx", "reg", "nvidia-smi"}
OF_SHELL = {
    Shell.CMD: {"set", "move"},
    Shell.POWERSHELL: {"Set-Item", "Move-Item", "Remove-Item"},
    Shell.POSIX: {"env", "mv", "rm", "source"},
    Shell.WINDOWS: set[str](),
}
UNIX = re.compile(
    r"\bsudo\b|ldconfig|(?<![\w:])/(?:dev|usr|etc|proc|sbin|bin|tmp|var|opt|lib)\b|\bLD_LIBRARY_PATH\b|\bdmesg\b"
    r"|\b(?:apt|apt-get|dnf|modprobe|systemctl|lspci|ulimit|(?<!env )export)\b|\.so\b|needs root|\bTMPDIR\b"
)
# what stands in a sentence as a command; PowerShell's are named as such
IN_A_SENTENCE = re.compile(r"`([^`]+)`")


class Machine(NamedTuple):
    kind: str
    folder: str
    shell: str | None
    facts: Facts


def machines() -> Iterator[Machine]:
    accelerators = [name for name in ACCELERATORS if name != "gt-710"]
    for turn, (kind, folder, shell) in enumerate(product(KINDS, FOLDERS, SHELLS)):
        facts = case("windows-11", "pip", "3.11", accelerators[turn % len(accelerators)]).facts
        yield Machine(kind, folder, shell, installed(facts, kind, folder, shell))


def installed(facts: Facts, kind: str, folder: str, shell: str | None) -> Facts:
    host, python, packages, storage = facts.host.value, facts.python.value, facts.packages.value, facts.storage.value
    assert host and python and packages and storage
    place = f"{folder}\\{KINDS[kind]}" if KINDS[kind] else None
    told = {"executable": place, "prefix": folder} if place else {"executable": None, "prefix": None}
    fields = {**told, "kind": None if kind == "not told" else kind}
    site = rf"{folder}\Lib\site-packages"
    found: dict[str, object] = {
        "host": msgspec.structs.replace(host, shell=shell, tools=("winget",) if shell else None),
        "python": msgspec.structs.replace(python, **fields, pip_version="" if kind == "uv" else "25.3"),
        "packages": msgspec.structs.replace(packages, leftovers=(rf"{site}\~orch",)),
        "storage": msgspec.structs.replace(storage, folders=(), stale_shm=(), shm_bytes=None),
        "toolkits": Toolkits(
            nvcc_version="11.8", cuda_home=r"C:\Program Files\NVIDIA GPU Computing Toolkit\CUDA\v11.8"
        ),
    }
    if kind == "conda":
        found["conda"] = Conda(prefix=folder, name="my train", channels=("pytorch",), packages=())
    if facts.nvidia.value:
        found["nvidia"] = msgspec.structs.replace(facts.nvidia.value, libcuda=None, device_nodes=(), modules=())
    return msgspec.structs.replace(facts, **{name: ok(value) for name, value in found.items()})


MACHINES = tuple(machines())
RULES = [rule.id for rule in rules.all_rules() if rule.remedies is not None]


class Said(NamedTuple):
    machine: Machine
    remedy: Remedy


@cache
def said(rule_id: str) -> tuple[Said, ...]:
    found = []
    for machine in MACHINES:
        remedies = remedies_of(rules.load(rule_id), machine.facts)
        assert not isinstance(remedies, Broken), f"{machine[:3]}: {remedies}"
        found += [Said(machine, remedy) for remedy in remedies]
    return tuple(found)


def commands(rule_id: str) -> Iterator[tuple[Machine, Remedy, Argv]]:
    for machine, remedy in said(rule_id):
        for argv in (*remedy.commands, *remedy.undo):
            yield machine, remedy, argv


def typed(argv: Argv) -> Argv:
    """With what a report leaves out filled in, as the shell does it."""
    return tuple((HOME + w[1:] if w[:2] in ("~\\", "~/") else w).replace("$USER", NAME) for w in argv)


@pytest.mark.parametrize("rule_id", RULES)
def test_its_shell_reads_the_words_that_are_meant(rule_id: str) -> None:
    for machine, remedy, argv in commands(rule_id):
        assert remedy.shell is SHELLS[machine.shell], machine[:3]
        line = command_line(argv, remedy.shell)
        for takes in TAKES[remedy.shell]:
            assert takes(line) == typed(argv), f"{machine[:3]}: {takes.__name__}: {line}"
        assert not any('"' in word for word in argv), f"{line}: PowerShell 5.1 takes them away"
        options = re.search(r" /\w", line)
        assert not (options and machine.shell == "bash"), f"{line}: Git's bash makes a path of it"


@pytest.mark.parametrize("rule_id", RULES)
def test_no_program_that_windows_or_this_shell_lacks(rule_id: str) -> None:
    for machine, remedy, argv in commands(rule_id):
        python = machine.facts.python.value
        own = {python.executable} if python else set()
        assert argv[0] in PYTHONIC | OF_SHELL[remedy.shell] | own, f"{machine[:3]}: {argv}"


@pytest.mark.parametrize("rule_id", RULES)
def test_nothing_of_another_system(rule_id: str) -> None:
    for machine, remedy in said(rule_id):
        words = " ".join(w for argv in (*remedy.commands, *remedy.undo) for w in argv)
        text = f"{remedy.title} {words} {'; '.join(notes(remedy))} {' '.join(remedy.writes)}"
        assert not UNIX.search(text), f"{machine[:3]}: {UNIX.search(text)} in {text}"
        assert not re.search(r"[A-Z]:/|\w/\w+\\", words.replace("://", "")) or "source" in words, words


@pytest.mark.parametrize("rule_id", RULES)
def test_one_python_and_which(rule_id: str) -> None:
    """The interpreter by its path, or that of the environment that is active, which is named."""
    for machine, remedy, argv in commands(rule_id):
        python = machine.facts.python.value
        own = python.executable if python else None
        pythons = {w for w in argv if re.search(r"(?:^|[\\/])(?:py|python[\d.]*)(?:\.exe)?$", w)}
        assert pythons <= {own, "python"}, f"{machine[:3]}: {argv}"
        hidden = machine.shell is None and re.search("[~ '&]", own or "")
        assert not (pythons == {"python"} and own and not hidden), f"{machine[:3]}: {argv}"
        if "python" in pythons or argv[0] == "torchrun" or (argv[0] == "conda" and argv[1] in ("install", "list")):
            assert "-p" in argv or " active" in remedy.where, f"{machine[:3]}: {argv}"


@pytest.mark.parametrize("rule_id", RULES)
def test_commands_in_sentences_are_of_windows(rule_id: str) -> None:
    """`py` leaves the environment that is active, so where one is known it is not what to use."""
    for machine, remedy in said(rule_id):
        for line in IN_A_SENTENCE.findall(remedy.title):
            assert not (re.match(r"py(?! --list| install)\b", line) and machine.kind in ("conda", "venv", "uv")), (
                f"{machine[:3]}: {line}"
            )
            assert not re.match(r"(?:source|export|rm|mv|sh|bash|cat|ls)\b", line), f"{machine[:3]}: {line}"


CANDIDATES = [rule.id for rule in rules.all_rules() if rule.candidates]


@pytest.mark.parametrize("rule_id", CANDIDATES)
def test_what_tells_causes_apart_can_be_done_there(rule_id: str) -> None:
    for shell in SHELLS:
        facts = Facts(host=ok(Host(os="windows", shell=shell)))
        for one in nearest(rules.load(rule_id).candidates, {}, facts):
            line = command_line(one.look, one.shell)
            assert not UNIX.search(f"{one.tell} {line}"), f"{one.rule}: {one.tell} {line}"


_ASK_POWERSHELL = """
$lines = [IO.File]::ReadAllText($args[0]) | ConvertFrom-Json
$told = foreach ($line in $lines) {
  $errors = $null
  $tree = [Management.Automation.Language.Parser]::ParseInput($line, [ref]$null, [ref]$errors)
  $commands = @($tree.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true))
  $words = @(if ($commands.Count -eq 1 -and -not $errors) { foreach ($one in $commands[0].CommandElements) {
    if ($one -is [Management.Automation.Language.StringConstantExpressionAst]) { $one.Value }
    else { $one.Extent.Text.Trim('"') } } })
  , $words
}
ConvertTo-Json -InputObject @($told) -Depth 4 -Compress
"""


def test_powershell_itself_reads_them_so(tmp_path: Path) -> None:
    """Its own parser, which starts nothing."""
    pwsh = PowerShell()
    pwsh.skip()
    shells = (Shell.POWERSHELL, Shell.WINDOWS)
    argvs = {(r.shell, argv) for rule_id in RULES for _, r, argv in commands(rule_id) if r.shell in shells}
    lines = {command_line(argv, shell): argv for shell, argv in argvs}
    (tmp_path / "lines.json").write_text(json.dumps(list(lines)), encoding="utf-8")
    (tmp_path / "ask.ps1").write_text(_ASK_POWERSHELL, encoding="utf-8")
    words = [str(tmp_path / "lines.json")]
    done = subprocess.run(
        pwsh.argv(tmp_path / "ask.ps1", words), capture_output=True, encoding="utf-8", timeout=300, check=True
    )
    wrong = [
        (line, read)
        for (line, argv), read in zip(lines.items(), json.loads(done.stdout), strict=True)
        if [w.replace("$HOME", HOME).replace("$env:USERNAME", NAME) for w in read] != list(typed(argv))
    ]
    assert wrong == []


def test_how_many_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    lines = {(remedy.shell, argv) for rule_id in RULES for _, remedy, argv in commands(rule_id)}
    with capsys.disabled():
        print(f"\nWindows: {len(RULES)} rules x {len(MACHINES)} machines, {len(lines):,} different commands")
    assert {shell for shell, _ in lines} == set(SHELLS.values())
    assert {m.facts.python.value and m.facts.python.value.kind for m in MACHINES} >= {"conda", "venv", "store"}

"""Every command of this program that a text names is one that its parser takes: printed or written texts alike."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from doctor import cli
from doctor.match import match
from doctor.match.install_commands import install_commands
from doctor.match.machine import machine_of
from doctor.model import PROGRAM
from tests.each import each
from tests.remedy.hosts import cases

CHECKOUT = Path(__file__).parents[1]
PACKAGE = sorted((CHECKOUT / "doctor").rglob("*.py"))
WRITTEN = sorted(
    path
    for pattern in (
        "*.md",
        ".pre-commit-hooks.yaml",
        "docs/**/*.md",
        "scripts/**/*.*",
        "recipes/*.py",
        "doctor/**/*.toml",
    )
    for path in CHECKOUT.glob(pattern)
    if "__pycache__" not in path.parts
)
COMMANDS = "|".join(map(re.escape, cli.COMMANDS))
BARE = re.compile(rf"(?<![-\w./])(?<!-m )doctor (?:{COMMANDS})\b")
# in backticks or quotes, or alone: on a line of its own up to two spaces, or a whole text
ALONE = re.compile(
    rf"`({PROGRAM} [^`\n]+)`|'({PROGRAM} (?:{COMMANDS})\b[^'\n]*)'|^[ \t]*({PROGRAM} (?:{COMMANDS})\b(?:(?!  )[^\n])*)",
    re.M,
)
ENDS = {">", "<", "|", "&&", "#"}
FILLED = {
    "COMMAND": "check",
    "N": "1",
    "SECONDS": "1",
    "VERSION": "3.12",
    "{change}": "1",
    "{rule}": "cuda-unavailable",
}


def refusal(line: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What the parser of the command says against it; empty when it takes it."""
    words = shlex.split(line)[1:]
    words = words[: next((at for at, word in enumerate(words) if word in ENDS), None)]
    name, *arguments = [FILLED.get(word, word) for word in words]
    if name in ("--help", "--version"):
        return ""
    if name not in cli.COMMANDS:
        return f"no command {name}"
    try:
        cli.parser_of(name, cli.command_module(name)).parse_args(arguments)
    except SystemExit as ended:
        return capsys.readouterr().err if ended.code else ""
    return ""


def commands_in(text: str) -> list[str]:
    return ["".join(found).strip() for found in ALONE.findall(text)]


def texts(path: Path) -> Iterator[str]:
    """A file's text; of Python its strings alone, what is filled in standing as {}."""
    if path.suffix != ".py":
        yield path.read_text(encoding="utf-8")
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


@each("path", [*PACKAGE, *WRITTEN], ids=str)
def test_every_command_in_a_text_is_one(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text in texts(path):
        assert not BARE.search(text), text
        for line in commands_in(text):
            assert not refusal(line, capsys), line


def test_help_names_no_other_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    shown = capsys.readouterr().out
    for name in cli.COMMANDS:
        parser = cli.parser_of(name, cli.command_module(name))
        assert parser.prog == f"{PROGRAM} {name}"
        shown += parser.format_help().partition("\n\n")[2]
    assert not BARE.search(shown)
    assert len(commands_in(shown)) > 10
    assert [line for line in commands_in(shown) if refusal(line, capsys)] == []


def test_every_command_of_match_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    ours = set()
    for host in (host for host in cases() if host.environment == "externally managed"):
        machine = machine_of(host.facts)
        ours |= {argv for argv in install_commands(match(machine), machine).values() if argv[0] == PROGRAM}
    assert ours
    assert [argv for argv in ours if refusal(shlex.join(argv), capsys)] == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("see `torch-doctor check --list`", False),
        ("see `torch-doctor chekc`", True),
        ("    torch-doctor lint --platform all .      by Windows", False),
        ("    torch-doctor lint --platfrom all .      by Windows", True),
        ("torch-doctor explain - < log.txt", False),
        ("`torch-doctor explain {rule}` says more", False),
        ("torch-doctor: wrote a file", False),
        ("torch-doctor itself failed", False),
    ],
)
def test_what_counts_as_a_command(text: str, wrong: bool, capsys: pytest.CaptureFixture[str]) -> None:
    assert any(refusal(line, capsys) for line in commands_in(text)) is wrong


def test_a_bare_name_is_noticed() -> None:
    assert BARE.search("see `doctor check`") and BARE.search("run doctor lint --fix")
    assert not BARE.search("python -m doctor check") and not BARE.search("torch-doctor check")

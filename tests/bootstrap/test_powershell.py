"""bootstrap.ps1 as a text: it parses, keeps to what PowerShell 5.1 knows, says what the body and bootstrap.sh say."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import tree_sitter
import tree_sitter_powershell

from doctor.bootstrap import index, options, releases
from doctor.bootstrap.home import Home
from doctor.bootstrap.run import surroundings
from tests.bootstrap.parts import SCRIPT
from tests.bootstrap.shells import POWERSHELL

_BODY_SAYS = (
    "excludes",
    "is there twice",
    "needs a value",
    "holds a control character",
    "unknown option",
    "is not an option",
)
# What it uses, all of which PowerShell 5.1 and the .NET Framework of Windows 10 have: look there before more is used.
CMDLETS = {
    "Add-Type": "-AssemblyName", "ConvertTo-SecureString": "-AsPlainText -Force", "ForEach-Object": "",
    "Copy-Item": "-Destination -LiteralPath -Recurse", "Get-ChildItem": "-Force -LiteralPath",
    "Get-Command": "-All -CommandType -ErrorAction", "Get-FileHash": "-Algorithm -LiteralPath",
    "Get-ItemProperty": "-ErrorAction -LiteralPath -Name -Path",
    "Get-Location": "-PSProvider", "Invoke-WebRequest": "-OutFile -TimeoutSec -Uri -UseBasicParsing", "Join-Path": "",
    "New-Object": "", "Remove-Item": "-ErrorAction -Force -LiteralPath -Recurse", "Resolve-Path": "-LiteralPath",
    "Select-Object": "-First", "Select-String": "-LiteralPath -Pattern", "Set-Item": "-LiteralPath -Value",
    "Set-StrictMode": "-Version", "Split-Path": "-Leaf", "Test-Path": "-ErrorAction -LiteralPath -Path -PathType",
    "Where-Object": "", "Write-Error": "-ErrorAction",
}  # fmt: skip
TYPES = {
    "Console", "Diagnostics.Process", "Diagnostics.ProcessStartInfo", "Environment", "IO.Compression.ZipFile",
    "IO.Directory", "IO.File", "IO.Path", "Net.SecurityProtocolType", "Net.ServicePointManager", "Text.Encoding", "Uri",
    "Version", "pscredential",
}  # fmt: skip
METHODS = {
    "Close", "CreateDirectory", "Dispose", "ExtractToDirectory", "GetBaseException", "GetCommandLineArgs",
    "GetEnvironmentVariable", "GetFolderPath", "GetPathRoot", "GetTempPath", "GetUnresolvedProviderPathFromPSPath",
    "Kill", "Move", "Open", "ReadLine", "ReadToEndAsync", "Start", "StartsWith", "ToLower", "ToUpper", "Trim",
    "TrimEnd", "UnescapeDataString", "Wait", "WaitForExit", "Write", "WriteAllText", "WriteLine",
}  # fmt: skip


@pytest.fixture(scope="module")
def text() -> str:
    return POWERSHELL.read_text(encoding="ascii")  # 5.1 reads a file without a mark in the machine's own code page


@pytest.fixture(scope="module")
def root(text: str) -> tree_sitter.Node:
    language = tree_sitter.Language(tree_sitter_powershell.language())
    return tree_sitter.Parser(language).parse(text.encode()).root_node


def nodes(node: tree_sitter.Node) -> Iterator[tree_sitter.Node]:
    yield node
    for child in node.children:
        yield from nodes(child)


def told(node: tree_sitter.Node) -> str:
    return (node.text or b"").decode()


def commands(root: tree_sitter.Node) -> list[tree_sitter.Node]:
    return [node for node in nodes(root) if node.type == "command"]


def test_it_parses(root: tree_sitter.Node) -> None:
    assert [told(node)[:80] for node in nodes(root) if node.type == "ERROR" or node.is_missing] == []


def test_all_of_it_is_in_a_scope_of_its_own(root: tree_sitter.Node, text: str) -> None:
    """A function or a variable outside of it would stay in a session that dot-sources it or hands it to iex."""
    outside = [line for line in text.splitlines() if line and not line.startswith(("#", " "))]
    starter = text.partition("@'")[2].partition("'@")[0].splitlines()
    assert [line for line in outside if line not in starter] == [
        "& {",
        '\'@ -replace "`r" # the same text in both scripts',
        "} @args",
    ]
    scoped = {told(node) for node in nodes(root) if node.type == "variable" and ":" in told(node)}
    assert {name for name in scoped if not name.lower().startswith("$env:")} == {"$global:LASTEXITCODE"}


def test_nothing_newer_than_5_1(root: tree_sitter.Node, text: str) -> None:
    code = re.sub(r"'[^'\n]*'|(?m:(?:^|\s)#.*$)", "''", text.replace(text.partition("@'")[2].partition("'@")[0], ""))
    newer_words = (
        r"\?\?", r"\?\.", r"&&", r"\|\|", r"\S \? .+ : ", r"\$Is(?:Windows|Linux|MacOS|CoreCLR)\b", r"\bclean\b",
        r"`[eu]", r"-c?replace \S+, \{", r"\$PSStyle\b", r"\d(?:u|us|ul|n|y|uy|b)\b", r"\$using:", r"\s&(?:\n|$)",
    )  # fmt: skip
    for newer in newer_words:
        assert not re.search(newer, code), newer
    told_by = {told(node) for node in nodes(root)}
    assert not {word for word in told_by if word.startswith("using ")}
    types, members = set(re.findall(r"\[([A-Z]\w*(?:\.\w+)*)\]", code)), set(re.findall(r"\w\]?(?:::|\.)(\w+)\(", code))
    assert types | set(re.findall(r"New-Object ([\w.]+)", code)) <= TYPES
    assert members <= METHODS
    assert not re.search("DriveInfo|OutputEncoding =|EnvironmentVariables", code.replace("StandardOutputEncoding", ""))


def test_every_command_and_parameter_is_one_of_5_1(root: tree_sitter.Node) -> None:
    """7 has more of both, and 5.1 says so only where it comes to them."""
    defined = {told(node) for node in nodes(root) if node.type == "function_name"}
    used: dict[str, set[str]] = {}
    for node in nodes(root):
        if node.type == "command_name":
            used.setdefault(told(node), set())
        if node.type == "command_parameter":
            command = node.parent
            while command and command.type != "command":
                command = command.parent
            name = (
                next((told(child) for child in command.children if child.type == "command_name"), "") if command else ""
            )
            used.setdefault(name, set()).add(told(node))
    ours = {*defined, "elseif", ""}
    assert {name: sorted(used[name] - set(CMDLETS.get(name, "").split())) for name in used.keys() - ours} == {
        name: [] for name in CMDLETS
    }


def test_a_program_is_never_started_by_the_operator(root: tree_sitter.Node) -> None:
    """5.1 and 7 quote its words differently, and 5.1 makes errors of what it writes to stderr."""
    called = [told(node) for node in commands(root) if told(node).startswith(("& ", ". "))]
    assert len(called) == 1 and called[0].startswith("& {"), "the whole script is"
    assert not any(re.search(r"\b2>", told(node)) for node in nodes(root) if node.type == "redirection")


def test_paths_are_taken_as_they_are(root: tree_sitter.Node) -> None:
    """A folder may be called [brackets]. Of the registry, names with * are meant."""
    for command in commands(root):
        name, _, rest = told(command).partition(" ")
        if name in (
            "Test-Path",
            "Get-ChildItem",
            "Get-FileHash",
            "Expand-Archive",
            "Resolve-Path",
            "Remove-Item",
            "Copy-Item",
            "Select-String",
        ):
            registry = name == "Test-Path" and rest.startswith("-Path ")
            assert "-LiteralPath" in rest or registry, told(command)


def test_errors_that_5_1_remembers_are_not_made(text: str) -> None:
    assert "SilentlyContinue'" in text and "-ErrorAction SilentlyContinue" not in text


def test_a_window_is_never_closed(root: tree_sitter.Node, text: str) -> None:
    """`exit` only where a file was started; elsewhere it would end the user's session."""
    exits = [line for line in text.splitlines() if re.search(r"\bexit (?:\$code|\d)", line)]
    assert len(exits) == 2
    assert all("if ($OwnFile) { exit " in line for line in exits)


def test_it_has_the_tables_of_the_body(text: str) -> None:
    def names(variable: str) -> list[str]:
        return re.findall(r"'([^']*)'", re.search(rf"^    \${variable} = (.*)$", text, re.M)[1])

    both = {**options.SWITCHES, **options.VALUES}
    assert names("Modes") == [options.SWITCHES[name] for name in options.MODES]
    assert names("Values") == list(options.VALUES.values())
    assert names("Exclude") == [f"{both[one]} {both[other]}" for one, other in options.EXCLUDE]
    mirrors, accelerators = re.search(r"\$Mirrors, \$Accelerators = '([^']*)', '([^']*)'", text).groups()
    assert mirrors.split() == ["auto", "official", *index.mirrors()]
    assert accelerators.split() == list(options.ACCELERATORS)
    assert f"$UvVersion = '{releases.UV_VERSION}'" in text
    checksums = dict(re.findall(r"'(uv-\S+\.zip) ([0-9a-f]{64})'", text))
    assert len(checksums) == 2
    assert checksums.items() <= releases.CHECKSUMS.items()
    assert len(text.splitlines()) <= 200


def test_the_starter_is_that_of_the_other_script(text: str) -> None:
    starter = SCRIPT.read_text(encoding="utf-8").partition('STARTER="\n')[2].partition('\n"\n')[0]
    assert text.partition("@'\n")[2].partition("\n'@")[0] == starter


def test_the_same_words_as_the_other_script(text: str) -> None:
    shell = SCRIPT.read_text(encoding="utf-8")
    for words in (
        *_BODY_SAYS, "there is no Python 3.11 or newer here", "could not be fetched", "has the wrong checksum",
        "its Python and torch-doctor (120 MB to download) go to", "it was not run; try again, or from another network",
        "uv's own Python 3.13 cannot be had", "is not a folder for torch-doctor alone", "cannot be written to",
        "holds files that torch-doctor did not make", "nothing was done, as you asked", "nothing was removed",
        "torch-doctor itself is missing: this is not a checkout of it",
    ):  # fmt: skip
        assert words in text.replace("''", "'"), words
        assert words in shell or words in ("holds a control character", "is not an option"), words


def test_what_windows_programs_say_is_utf_8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Into a log or a pipe they would write in the code page of the machine."""
    monkeypatch.setattr(sys, "platform", "win32")
    assert surroundings(Home(tmp_path), options.Options(), {})["PYTHONIOENCODING"] == "utf-8"

"""PowerShell does not run here: the Windows script is parsed, and held against the other one, function by function."""

from __future__ import annotations

import re

import pytest
import tree_sitter
import tree_sitter_powershell

from tests.bootstrap.parts import CHECKOUT, SCRIPT

POWERSHELL = CHECKOUT / "scripts" / "bootstrap.ps1"
# sh -> PowerShell. What only one of them needs has None: Windows' Python always has ensurepip's wheel, PowerShell
# downloads, hashes and reads options by itself, and has no apt; `irm | iex` needs what is set to be put back.
PAIRS = {
    "say": "Say",
    "fail": "Fail",
    "has_terminal": "Test-Terminal",
    "agree": "Request-Agreement",
    "fail_with_log": "Fail-WithLog",
    "parse_options": "Confirm-Options",
    "absolute": "Get-Absolute",
    "look": "Look",
    "find_python": "Find-Python",
    "is_good_python": "Test-GoodPython",
    "python_version": "Get-PythonVersion",
    "places": "Set-Places",
    "print_facts": "Show-Facts",
    "show_plan": "Show-Plan",
    "python_plan": "Get-PythonPlan",
    "mark_of": "Get-Mark",
    "is_done": "Test-Done",
    "mark": "Set-Done",
    "forget": "Clear-Done",
    "begin_changes": "Start-Changes",
    "watched": "Invoke-Logged",
    "tidy": "Invoke-Tidy",
    "fetch_release": "Get-Release",
    "get_uv": "Get-Uv",
    "get_miniforge": "Get-Miniforge",
    "get_python": "Get-Python",
    "find_source": "Find-Source",
    "source_key": "Get-SourceKey",
    "make_doctor": "New-Doctor",
    "install_doctor": "Install-Doctor",
    "get_installer": "Get-Installer",
    "install": "Install",
    "choose_index": "Select-Index",
    "use_index": "Use-Index",
    "choose_answering_index": "Select-AnsweringIndex",
    "index_answers": "Test-Index",
    "torch_doctor": "Invoke-Doctor",
    "check_machine": "Test-Machine",
    "setup": "Invoke-Setup",
    "own_cache": "Set-OwnCache",
    "target_python": "Get-TargetPython",
    "prove": "Invoke-Proof",
    "tomorrow": "Show-Tomorrow",
    "uninstall": "Invoke-Uninstall",
    "main": "Invoke-Main",
}
ONLY_SH = {
    "usage",
    "mirror_index",
    "known_checksum",
    "wrong_usage",
    "logged",
    "take_value",
    "existing",
    "look_at_libc",
    "nearest_folder",
    "is_alive",
    "command_line",
    "end_leftover",
    "remove_empty_parents",
    "download",
    "sha256",
    "other_ways_to_python",
    "pip_from_apt",
    "apt_download",
    "pip_from_index",
    "chosen_index",
}
ONLY_POWERSHELL = {"Get-Architecture", "Get-Driver", "Get-Program", "Test-LongPaths", "Remove-Tree", "Invoke-Guarded"}


@pytest.fixture(scope="module")
def text() -> str:
    return POWERSHELL.read_text(encoding="utf-8")


def test_it_parses(text):
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))
    root = parser.parse(text.encode()).root_node
    assert [text[node.start_byte : node.end_byte][:80] for node in errors(root)] == []


def errors(node: tree_sitter.Node) -> list[tree_sitter.Node]:
    if node.type == "ERROR" or node.is_missing:
        return [node]
    return [error for child in node.children if node.has_error for error in errors(child)]


def test_function_by_function_like_the_other(text):
    shell = set(re.findall(r"^(\w+)\(\) \{", SCRIPT.read_text(), re.M))
    assert shell == set(PAIRS) | ONLY_SH
    assert set(re.findall(r"^function ([\w-]+)", text, re.M)) == set(PAIRS.values()) | ONLY_POWERSHELL


def test_the_same_versions_and_mirrors(text):
    shell = SCRIPT.read_text()
    uv, miniforge = (re.search(rf"^{name}=(\S+)", shell, re.M)[1] for name in ("UV_VERSION", "MINIFORGE_VERSION"))
    assert f"$UvVersion = '{uv}'" in text
    assert f"$MiniforgeVersion = '{miniforge}'" in text
    mirrors = dict(re.findall(r"^    (\w+)\) echo (https://\S+) ;;", shell, re.M))
    assert dict(re.findall(r"^    (\w+) = '(https://\S+)'", text, re.M)) == mirrors
    assert len(mirrors) >= 6


def test_the_same_steps_are_asked_of_the_doctor(text):
    shell = SCRIPT.read_text()
    for command in ("check", "setup", "run-recipes", "lock"):
        assert f"doctor {command} " in shell
        assert f"'{command}'" in text


def test_a_window_is_never_closed(text):
    """`exit` only where a file was started; functions throw."""
    exits = [
        line for line in text.splitlines() if re.search(r"\bexit\b(?!_)", line) and not line.lstrip().startswith("#")
    ]
    outside_python = [line for line in exits if "sys.exit" not in line and "Exit code" not in line]
    assert outside_python == [
        "if ($PSCommandPath -and $MyInvocation.InvocationName -ne '.') { exit [int]$script:ExitCode }"
    ]


@pytest.mark.parametrize("newer", [r"\?\?", r"&& ", r"\|\| ", r"\? .* : ", r"-Parallel", r"\$IsWindows"])
def test_nothing_that_powershell_5_does_not_know(text, newer):
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    assert not re.search(newer, code)

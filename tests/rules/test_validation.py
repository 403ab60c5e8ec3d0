"""Rule files that are wired wrongly, or break: each is reported by name, and no other rule suffers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import doctor

PACKAGE = Path(doctor.__file__).parent
DUMP = "PyTorch version: 2.6.0+cpu\nPython version: 3.11.9 (64-bit runtime)\nIs CUDA available: False\n"

RULE = '''"""{title}.

## Why it matters
It is a test.

## What to do
Nothing.

## References
- https://example.com
"""

from __future__ import annotations

from doctor.facts import Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "PyTorch {{torch}} is there"
EXPLAINS = ({explains})
SIGNATURES = ({signatures})
CANDIDATES = {{{candidates}}}


def check({parameter}: Torch) -> Answer:
    {before}
    return there(seen("{path}", "x"), {key}="x")


def remedies() -> tuple[Action, ...]:
    {remedies}
'''
GOOD = {
    "title": "A rule of a test",
    "explains": "",
    "signatures": "",
    "candidates": "",
    "parameter": "torch",
    "before": "",
    "path": "torch.version",
    "key": "torch",
    "remedies": 'return (Advice(title="Look at it"),)',
}
FAULTS = {
    "misspelt-parameter": ({"parameter": "torhc"}, "`check` asks for `torhc: Torch`"),
    "unknown-id": ({"explains": '"no-such-rule",'}, "EXPLAINS names no-such-rule"),
    "unknown-candidate": ({"candidates": '"no-such-rule": "it rains"'}, "CANDIDATES names no-such-rule"),
    "untold-candidate": ({"candidates": '"gpu-lost": ""'}, "does not say how to tell gpu-lost"),
    "unfilled-key": ({"key": "torhc"}, "does not fill {torch}"),
    "bad-signature": ({"signatures": 'r"(unclosed",'}, "the signature '(unclosed' is no regular expression"),
    "no-such-fact": ({"path": "torch.versoin"}, "there is no fact torch.versoin"),
}
BREAKS = {
    "raising-check": ({"before": 'raise RuntimeError("of the check")'}, "RuntimeError: of the check"),
    "raising-remedy": ({"remedies": 'raise RuntimeError("of the remedy")'}, "RuntimeError: of the remedy"),
    "unfilled-key": ({"key": "torhc"}, "KeyError: 'torch'"),
    "wrong-answer": ({"before": "return True"}, "check returned True"),
}


def tree_with(folder: Path, rules: dict[str, tuple[dict[str, str], str]]) -> Path:
    shutil.copytree(PACKAGE, folder / "doctor", ignore=shutil.ignore_patterns("__pycache__"))
    for name, (change, _) in rules.items():
        file = folder / "doctor" / "rules" / "torch" / f"{name.replace('-', '_')}.py"
        file.write_text(RULE.format(**{**GOOD, **change}), encoding="utf-8")
    return folder


def check(tree: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"}
    argv = [sys.executable, "-m", "doctor", "check", *words]
    more: dict[str, Any] = {"cwd": tree, "env": env, "timeout": 120, "encoding": "utf-8"}
    return subprocess.run(argv, input=DUMP, capture_output=True, text=True, **more)


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    return check(tree_with(tmp_path_factory.mktemp("faults"), FAULTS), "--list")


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tree_with(tmp_path_factory.mktemp("breaks"), BREAKS)


@pytest.fixture(scope="module")
def checked(broken: Path) -> dict[str, Any]:
    return dict(json.loads(check(broken, "--from", "-", "--format", "json").stdout))


@pytest.mark.parametrize("name", FAULTS)
def test_a_slip_is_named_by_the_list(listed: subprocess.CompletedProcess[str], name: str) -> None:
    lines = [line for line in (listed.stdout + listed.stderr).splitlines() if name in line]
    assert any(FAULTS[name][1] in line for line in lines), listed.stderr
    assert listed.returncode == 3


@pytest.mark.parametrize("name", BREAKS)
def test_a_rule_that_breaks_is_reported_with_its_place(checked: dict[str, Any], name: str) -> None:
    (one,) = (one for one in checked["broken"] if one["rule"] == name)
    assert one["error"].startswith(BREAKS[name][1]) or BREAKS[name][1] in one["error"]
    assert ".py, line " in one["place"]


def test_what_breaks_is_never_healthy_and_takes_no_rule_down(checked: dict[str, Any]) -> None:
    assert checked["healthy"] is not True
    assert {one["rule"] for one in checked["broken"]} == set(BREAKS)
    assert checked["unknown"]  # the others were judged as ever


def test_a_person_is_told_that_it_is_our_bug(broken: Path) -> None:
    done = check(broken, "--from", "-")
    assert "raising-check" in done.stdout and "This is a bug in torch-doctor" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr

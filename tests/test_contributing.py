"""The guide for contributors: its rule and test work as they stand, in a copy of the tree, and its tour is complete."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import doctor

CHECKOUT = Path(__file__).parents[1]
GUIDE = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RULE = "torch-before-compile"
_BLOCK = re.compile(r"`((?:doctor|tests)/rules/[\w/]+\.py)`(?:(?!```).)*?```python\n(.*?)```", re.DOTALL)
OLD_TORCH = "PyTorch version: 1.13.1+cpu\nPython version: 3.10.12 (64-bit runtime)\nIs CUDA available: False\n"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    for name in ("doctor", "tests", "scripts", "docs", "recipes"):
        shutil.copytree(CHECKOUT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "CONTRIBUTING.md"):
        shutil.copy(CHECKOUT / name, folder)
    for path, text in _BLOCK.findall(GUIDE):
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def run(tree: Path, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(tree)}
    more: dict[str, Any] = {"cwd": tree, "env": env, "timeout": 300}
    argv = [sys.executable, *words]
    return subprocess.run(argv, input=stdin, capture_output=True, text=True, encoding="utf-8", **more)


def test_the_guide_shows_a_rule_and_its_test() -> None:
    assert [path for path, _ in _BLOCK.findall(GUIDE)] == [
        "doctor/rules/torch/torch_before_compile.py",
        "tests/rules/torch/test_torch_before_compile.py",
    ]


def test_the_rule_is_wired_rightly(tree: Path) -> None:
    done = run(tree, "-m", "doctor", "check", "--list")
    assert done.returncode == 0, done.stderr
    assert RULE in done.stdout


def test_the_rule_finds_its_problem(tree: Path) -> None:
    done = run(tree, "-m", "doctor", "check", "--from", "-", "--format", "json", stdin=OLD_TORCH)
    found = {finding["rule"]: finding for finding in json.loads(done.stdout)["findings"]}
    assert "1.13.1" in found[RULE]["message"] and found[RULE]["remedies"]


def test_its_test_and_the_contract_of_remedies_pass(tree: Path) -> None:
    quick = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0")
    own = run(tree, *quick, "tests/rules/torch/test_torch_before_compile.py")
    assert own.returncode == 0 and "3 passed" in own.stdout, own.stdout
    contract = run(tree, *quick, "tests/remedy/test_contract.py", "-k", RULE)
    assert contract.returncode == 0 and " passed" in contract.stdout, contract.stdout


def test_its_page_is_generated(tree: Path) -> None:
    assert run(tree, "scripts/generate_docs.py", "--check").returncode == 1
    assert run(tree, "scripts/generate_docs.py").returncode == 0
    assert RULE in (tree / "docs" / "checks.md").read_text(encoding="utf-8")


def test_the_tour_names_every_room_once() -> None:
    rooms = {p.name for p in (CHECKOUT / "doctor").iterdir() if p.is_dir() and (p / "__init__.py").exists()}
    named = re.findall(r"^(\w+) {2,}\S", doctor.__doc__ or "", re.MULTILINE)
    assert sorted(named) == sorted(rooms)

"""Every command of the two READMEs: run for real where that is quick and harmless, else checked to be understood."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from doctor import cli

CHECKOUT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
FENCE = re.compile(r"^```(?:sh|powershell)\n(.*?)^```", re.M | re.S)
# what these do takes minutes, changes the machine, or uses the network; other tests do it in places of their own
ONLY_UNDERSTOOD = re.compile(r"torch-doctor (setup|lock|fix|mirrors|match --refresh|dataloader|run |run-recipes|diff)")


def commands(readme: str) -> list[str]:
    text = (CHECKOUT / readme).read_text(encoding="utf-8")
    return [line for block in FENCE.findall(text) for line in block.splitlines() if line]


def doctor_commands() -> list[str]:
    return sorted({line for line in commands("README.md") if line.startswith("torch-doctor ")})


def words_of(line: str) -> list[str]:
    """The command's words behind the program, without where its output goes."""
    words = shlex.split(line)[1:]
    return words[: words.index(">")] if ">" in words else words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What a reader has who follows the README: a script, logs, and a report."""
    (tmp_path / "train.py").write_text("import torch\n")
    (tmp_path / "train.log").write_text("AssertionError: Torch not compiled with CUDA enabled\n")
    (tmp_path / "traceback.txt").write_text("RuntimeError: CUDA error: no kernel image is available for execution\n")
    (tmp_path / "collect_env.txt").write_text("PyTorch version: 2.7.1+cu126\nIs CUDA available: False\n")
    (tmp_path / "report.json").write_text((CHECKOUT / "docs/images/check.json").read_text(encoding="utf-8"))
    return tmp_path


def run(argv: list[str], cwd: Path, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    return subprocess.run(argv, cwd=cwd, capture_output=True, text=True, check=False, timeout=timeout)


def test_both_languages_have_the_same_commands():
    assert commands("README.md") == commands("README.zh-CN.md")


def test_no_command_is_of_a_kind_that_nothing_tests():
    known = ("torch-doctor ", "bash scripts/bootstrap.sh", "bash scripts/test.sh", "powershell ", "python recipes/")
    assert [line for line in commands("README.md") if not line.startswith(known)] == []


@pytest.mark.parametrize("line", doctor_commands())
def test_a_command_of_the_doctor_is_understood(line):
    name, *words = words_of(line)
    parser = cli.parser_of(name, cli.command_module(name))
    parser.parse_args(words)


@pytest.mark.parametrize("line", [line for line in doctor_commands() if not ONLY_UNDERSTOOD.match(line)])
def test_a_quick_command_of_the_doctor_runs(line, folder):
    words = [sys.executable if word == "~/envs/torch" else word for word in words_of(line)]
    done = run([sys.executable, "-m", "doctor", *words], folder)
    assert done.returncode in (0, 1, 4), done.stderr
    assert done.stdout


@pytest.mark.parametrize("line", [x for x in commands("README.md") if x.startswith("bash scripts/bootstrap.sh")])
def test_a_command_of_the_bootstrap(line, tmp_path):
    home = {"HOME": str(tmp_path), "PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHON": sys.executable}
    harmless = line if "--uninstall" in line else f"{line} --dry-run"
    done = subprocess.run(
        ["bash", "-c", harmless], cwd=CHECKOUT, env=home, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_test_script_is_understood_by_bash():
    assert run(["bash", "-n", "scripts/test.sh"], CHECKOUT).returncode == 0


@pytest.mark.heavy
@pytest.mark.parametrize("line", [x for x in commands("README.md") if x.startswith("python ")])
def test_a_recipe_runs_alone(line, torch_python):
    done = run([str(torch_python), *shlex.split(line)[1:]], CHECKOUT, timeout=280)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("readme", READMES)
def test_links_lead_somewhere(readme):
    text = (CHECKOUT / readme).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target]
    assert targets
    assert [target for target in targets if not (CHECKOUT / target).exists()] == []


def test_the_picture_is_what_the_doctor_draws_today():
    """`python scripts/terminal_picture.py` draws it again."""
    done = run([sys.executable, "scripts/terminal_picture.py", "--check"], CHECKOUT)
    assert done.returncode == 0, "docs/images/check.svg is old: python scripts/terminal_picture.py"
    words = "".join(ET.parse(CHECKOUT / "docs/images/check.svg").getroot().itertext()).replace("\xa0", " ")
    assert "torch-torchvision-mismatch" in words

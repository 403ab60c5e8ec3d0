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
from doctor.collect.this_machine import this_machine
from doctor.match import Wish, match
from doctor.match.install_commands import requirements
from doctor.probes.chosen_sources import ChosenSource, encode
from doctor.setup.elsewhere import machine_named
from tests.setup.conftest import use_own_caches
from tests.setup.wheel_index import Index, pure, serving, wheel
from tests.surroundings import LINUX

CHECKOUT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
FENCE = re.compile(r"^```(?:sh|powershell)\n(.*?)^```", re.M | re.S)
# what these do takes minutes, changes the machine, or uses the network; other tests do it in places of their own
ONLY_UNDERSTOOD = re.compile(r"torch-doctor (setup|lock|fix|mirrors|match --refresh|dataloader|run |run-recipes|diff)")


def commands(readme: str) -> list[str]:
    text = (CHECKOUT / readme).read_text(encoding="utf-8")
    return [line for block in FENCE.findall(text) for line in block.splitlines() if line]


def doctor_commands() -> list[str]:
    """In the order in which a reader would run them."""
    return list(dict.fromkeys(line for line in commands("README.md") if line.startswith("torch-doctor ")))


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
    report = (CHECKOUT / "docs/images/check.json").read_text(encoding="utf-8")
    for name in ("report.json", "old.json"):
        (tmp_path / name).write_text(report)
    (tmp_path / "requirements.txt").write_text("torch\nsix>=1.16\n")
    (tmp_path / "environment.yml").write_text("dependencies:\n  - pytorch\n  - pip:\n    - six>=1.16\n")
    lines = (
        "[project]",
        'name = "mine"',
        'dependencies = ["torch"]',
        "[project.optional-dependencies]",
        'vision = ["six"]',
    )
    (tmp_path / "pyproject.toml").write_text("\n".join(lines))
    return tmp_path


def run(argv: list[str], cwd: Path, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    return subprocess.run(argv, cwd=cwd, capture_output=True, text=True, check=False, timeout=timeout)


def test_both_languages_have_the_same_commands():
    assert commands("README.md") == commands("README.zh-CN.md")


def test_no_command_is_of_a_kind_that_nothing_tests():
    known = (
        "torch-doctor ",
        "bash scripts/bootstrap.sh",
        "bash scripts/test.sh",
        "powershell ",
        "py -m ",
        "python recipes/",
    )
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


def wheels_for_the_readme() -> dict[str, bytes]:
    """What the commands between `setup` and `diff` are going to ask an index for, on this machine and on others."""
    here = this_machine(sys.executable)
    found: dict[str, bytes] = pure("six", "1.17.0")
    for machine, build, tag in (
        (here, "", f"manylinux_2_28_{here.arch}"),
        *((machine_named(os, "3.12"), build, tag) for build in ("cu126", "cpu") for os, tag in PLATFORMS.items()),
    ):
        chosen = match(machine, Wish(build=build), wheels="http://127.0.0.1/whl")
        assert chosen.choice
        for line in requirements(chosen.choice, chosen.numpy, machine):
            name, _, version = line.partition("==")
            found[f"{name}-{version}-{machine.tag}-{machine.tag}-{tag}.whl"] = wheel(name, version)
    return found


def wheels_of_python(environment: Path) -> dict[str, bytes]:
    """pip and what else Python put there itself: the index of everybody has that."""
    rows = (entry.name.removesuffix(".dist-info").split("-") for entry in environment.glob("lib/*/*/*.dist-info"))
    own = (pure(name, version) for name, version in rows if name in ("pip", "setuptools"))
    return {file: body for found in own for file, body in found.items()}


PLATFORMS = {"linux": "manylinux_2_28_x86_64", "windows": "win_amd64"}
# the chapter that makes and compares environments; `match --refresh` and its kind are tested with servers of their own
CHAPTER = re.compile(r"torch-doctor (setup|lock|diff|fix|match(?! --refresh))")


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform != "linux", reason="the wheels are for Linux")
def test_a_reader_runs_one_command_after_the_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Setup, lock, check of the lock, setup from it, diff and fix, each upon what those before it left."""
    use_own_caches(folder / ".caches", monkeypatch)
    with serving(Index(wheels_for_the_readme())) as index:
        monkeypatch.setenv("UV_DEFAULT_INDEX", index.url)
        monkeypatch.setenv("PIP_INDEX_URL", index.url)
        chosen = ChosenSource("loopback", index.url.replace("/simple", "/whl/cpu"), "2026-01-01")
        state = folder / ".caches" / "state" / "torch-doctor" / "mirrors.json"
        state.parent.mkdir(parents=True)
        state.write_bytes(encode({"pytorch": chosen}))
        ended = {}
        for line in filter(CHAPTER.match, doctor_commands()):
            index.files |= wheels_of_python(folder / ".venv")
            asks = line.startswith("torch-doctor setup") and "--dry-run" not in line
            done = run([sys.executable, "-m", "doctor", *words_of(line), *(["--yes"] if asks else [])], folder, 280)
            assert done.returncode in (0, 1), f"{line}: {done.stdout[-400:]} {done.stderr}"
            ended[line.removeprefix("torch-doctor ")] = done.returncode
    assert ended["lock --output locks"] == ended["lock --output locks --check"] == 0
    names = sorted(path.name for path in (folder / "locks").glob("pylock.cu126-*"))
    assert names == ["pylock.cu126-linux.toml", "pylock.cu126-windows.toml"]
    assert (folder / ".venv" / "pyvenv.cfg").is_file()


@LINUX
@pytest.mark.parametrize("line", [x for x in commands("README.md") if x.startswith("bash scripts/bootstrap.sh")])
def test_a_command_of_the_bootstrap(line, tmp_path):
    home = {"HOME": str(tmp_path), "PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHON": sys.executable}
    shown = "--uninstall" in line or "--dry-run" in line
    harmless = line if shown else f"{line.replace(' --check-only', '')} --dry-run"
    done = subprocess.run(
        ["bash", "-c", harmless], cwd=CHECKOUT, env=home, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


@LINUX
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

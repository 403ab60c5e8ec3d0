"""A folder in which everything that could be run leaves a mark when it is: no command runs any of it unasked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from doctor.lint.project import ALONE
from tests import environments
from tests.cli.in_process import program
from tests.surroundings import SCRIPTS

pytestmark = SCRIPTS
MODULES = (
    *("torch", "numpy", "pickle", "random", "ctypes", "json", "types", "site", "sitecustomize", "usercustomize", "pip"),
    *("venv", "ensurepip", "doctor", "encodings", "msgspec", "psutil", "pynvml", "rich", "runpy", "argparse", "typing"),
)
PROGRAMS = ("python", "python3", "nvidia-smi", "git", "conda", "mamba", "uv", "nvcc", "g++", "ldconfig", "rocminfo")
COMMANDS = {
    "check": ("check", "--python", "{python}", "--timeout", "30"),
    "check of what is active": ("check", "--fast"),
    "explain": ("explain", "Torch not compiled with CUDA enabled"),
    "explain, which needs facts of the environment": ("explain", "ModuleNotFoundError: No module named 'torch'"),
    "match": ("match",),
    "lint": ("lint", "train.py"),
    "fix": ("fix", "--dry-run"),
    "lock": ("lock", "--check"),
    "setup": ("setup", "--env", "made", "--offline", "wheels", "--dry-run"),
    "mirrors": ("mirrors", "--candidates", "one.toml", "--timeout", "1"),
    "dataloader": ("dataloader", "--python", "{python}", "--timeout", "20"),
    "run-recipes": ("run-recipes", "--quick", "1"),
    "diff": ("diff", "here", "here"),
}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("probe_all", "judge_all"):
        monkeypatch.setattr(f"doctor.mirrors.run.{name}", lambda *_: ())


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    folder, mark = tmp_path / "cloned", tmp_path / "ran"
    folder.mkdir()
    leaves_mark = f"open({str(mark)!r}, 'a').write(__name__ + ' ')\n"
    for name in MODULES:
        (folder / f"{name}.py").write_text(leaves_mark)
    for name in ("os", "encodings"):  # for who takes the folder for Python's own
        file = folder / f"lib/python{sys.version_info[0]}.{sys.version_info[1]}" / name / "__init__.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(leaves_mark)
    (folder / "evil.pth").write_text(f"import os; {leaves_mark}")
    (folder / "startup.py").write_text(leaves_mark)
    (folder / "train.py").write_text("print()\n")
    (folder / "one.toml").write_text('[[mirror]]\nservice = "pypi"\nname = "one"\nurl = "http://127.0.0.1:9/simple"\n')
    (folder / "wheels").mkdir()
    (folder / "pip.conf").write_text("[global]\nindex-url = http://127.0.0.1:9/simple\n")
    environment = folder / ".venv/bin"
    environment.mkdir(parents=True)
    (environment.parent / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.12.1\n")
    for file in (*(folder / name for name in PROGRAMS), environment / "python", environment / "pip"):
        file.write_text(f"#!/bin/sh\necho {file.name} >>{mark}\n")
        file.chmod(0o755)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "-f", "."], cwd=folder, check=True)
    return folder


@pytest.fixture
def active(bare_python: Path) -> Path:
    site = environments.site_packages(bare_python.parent.parent)
    environments.fake_torch(site)
    environments.package(site, "pip", "26.0", {"pip/__init__.py": ""})  # that of ensurepip is compiled on every start
    return bare_python


Surroundings = Callable[[Path], dict[str, str]]
SURROUNDINGS: dict[str, Surroundings] = {
    "as it is": lambda _: {},
    "relative entries of PATH and PYTHONPATH": lambda active: {
        "PATH": f".::{active.parent}:{os.environ['PATH']}:.venv/bin",
        "PYTHONPATH": f".{os.pathsep}",
        "PYTHONSTARTUP": "startup.py",
        "PIP_CONFIG_FILE": "pip.conf",
    },
}


def marks(hostile: Path) -> str:
    mark = hostile.parent / "ran"
    return mark.read_text() if mark.exists() else ""


@pytest.fixture(params=SURROUNDINGS)
def surroundings(request: pytest.FixtureRequest, active: Path) -> Iterator[dict[str, str]]:
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "CONDA_PREFIX")}
    yield {**kept, "VIRTUAL_ENV": str(active.parent.parent), **SURROUNDINGS[request.param](active)}


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_of_the_folder_runs(command: str, hostile: Path, active: Path, surroundings: dict[str, str]) -> None:
    words = [word.format(python=active) for word in COMMANDS[command]]
    done = program(*words, cwd=hostile, env=surroundings)
    assert done.returncode != 3, done.stderr
    assert marks(hostile) == ""


ABOUT_THE_ENVIRONMENT = ("check of what is active", "fix", "lock", "run-recipes", "diff")


@pytest.mark.parametrize("command", [*ABOUT_THE_ENVIRONMENT, "explain", "match", "lint", "mirrors"])
def test_its_environment_is_not_started_unasked(command: str, hostile: Path) -> None:
    done = program(*COMMANDS[command], cwd=hostile, env={"PATH": "/usr/bin:/bin", "HOME": str(hostile.parent)})
    assert marks(hostile) == ""
    refused = b"[python-not-yours]" in done.stderr
    assert refused == (command in ABOUT_THE_ENVIRONMENT)
    assert (done.returncode == 2) == refused


def test_setup_does_not_change_it_unasked(hostile: Path) -> None:
    done = program("setup", "--dry-run", cwd=hostile, env={"PATH": "/usr/bin:/bin"})
    assert (done.returncode, marks(hostile)) == (2, "")
    assert f"--env {hostile}/.venv".encode() in done.stderr


def test_explain_says_what_it_has_not_looked_at_and_match_reads_it(hostile: Path) -> None:
    env = {"PATH": "/usr/bin:/bin"}
    done = program("explain", "ModuleNotFoundError: No module named 'torch'", cwd=hostile, env=env)
    assert b"was not started for this" in done.stderr
    found = program("match", "--format", "json", cwd=hostile, env=env)
    assert b'"python": "3.12"' in found.stdout
    assert f"{hostile}/.venv/bin/python".encode() in found.stdout
    assert marks(hostile) == ""


@pytest.mark.parametrize("name", ["PYTHONHOME", "PYTHONPLATLIBDIR"])
def test_variables_that_lead_to_the_folder(name: str, hostile: Path, active: Path) -> None:
    value = "." if name == "PYTHONHOME" else "../lib"
    env = {"PATH": os.environ["PATH"], "VIRTUAL_ENV": str(active.parent.parent), name: value}
    program("check", "--fast", cwd=hostile, env=env)
    assert marks(hostile) == ""


def test_what_shadows_is_found_by_looking(hostile: Path, active: Path) -> None:
    env = {"PATH": os.environ["PATH"]}
    done = program("check", "--python", str(active), "--only", "torch", "-v", cwd=hostile, env=env)
    assert b"local-torch-shadow-or-broken-import" in done.stdout
    assert b"module-shadowed" in done.stdout
    assert marks(hostile) == ""


@pytest.mark.parametrize("words", [("-P", "-m", "doctor"), ("-c", "import sys; from doctor.cli import main; main()")])
def test_the_program_itself(words: tuple[str, ...], hostile: Path) -> None:
    """As the console script starts it, whose folder is searched first, and as `python -P -m doctor` does."""
    argv = [sys.executable, "-P", *words]
    subprocess.run([*argv, "lint", "train.py"], cwd=hostile, env={"PATH": os.environ["PATH"]}, check=False)
    assert marks(hostile) == ""


def test_a_script_that_is_to_be_tried_does_not_find_the_modules_of_another_folder(hostile: Path, active: Path) -> None:
    script = hostile.parent / "train.py"
    script.write_text("import random, pickle\nloader = None\n")
    words = ("dataloader", str(script), "--python", str(active), "--yes", "--timeout", "20")
    program(*words, cwd=hostile, env={"PATH": os.environ["PATH"]})
    assert marks(hostile) == ""


def test_a_python_path_of_the_user_s_own_is_seen(hostile: Path, active: Path) -> None:
    """By its absolute name: there the target finds what the user finds."""
    other = hostile.parent / "mine"
    (other / "torch").mkdir(parents=True)
    (other / "torch/__init__.py").write_text("")
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(other)}
    done = program("check", "--python", str(active), "--format", "json", cwd=hostile, env=env)
    assert json.loads(done.stdout)["facts"]["torch"]["value"]["location"].endswith("mine/torch")
    assert marks(hostile) == ""


@pytest.mark.parametrize("name", ["uv.toml", "pyproject.toml"])
def test_an_index_that_only_the_folder_names_is_said(
    name: str, tmp_path: Path, active: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = "[tool.uv]\n" if name == "pyproject.toml" else ""
    (tmp_path / name).write_text(f"{head}index-url = 'http://127.0.0.1:9/theirs'\n")
    (tmp_path / "one.toml").write_text('[[mirror]]\nservice = "pypi"\nname = "a"\nurl = "http://127.0.0.1:9/simple"\n')
    monkeypatch.setattr("doctor.mirrors.check.probe_all", lambda *_: [])
    monkeypatch.setattr("doctor.mirrors.check.candidates", lambda *_: ())
    for words in (("mirrors", "--candidates", "one.toml"), ("check", "--network", "--fast", "--python", str(active))):
        done = program(*words, cwd=tmp_path, env={"PATH": os.environ["PATH"]})
        assert f"{name} names http://127.0.0.1:9/theirs".encode() in done.stderr


SPAWN = """
import multiprocessing, sys
if __name__ == "__main__":
    multiprocessing.set_start_method({method!r})
    from doctor.cli import main
    sys.exit(main(["lint", ".", "--jobs", "2"]))
"""


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_the_workers_of_lint(method: str, hostile: Path) -> None:
    """More files than one process takes, where new ones are not forked."""
    for number in range(2 * ALONE):
        (hostile / f"script_{number}.py").touch()
    starter = hostile.parent / "starter.py"
    starter.write_text(SPAWN.format(method=method))
    done = subprocess.run([sys.executable, starter], cwd=hostile, capture_output=True, text=True, check=False)
    assert (done.returncode, marks(hostile)) == (0, ""), done.stderr


def test_setup_names_the_environment_that_it_would_change(active: Path, tmp_path: Path) -> None:
    done = program("setup", "--env", str(active.parents[1]), "--offline", str(tmp_path), "--dry-run", cwd=tmp_path)
    assert f"starting {active} (the environment to change)".encode() in done.stderr

"""Tomorrow's lines, typed into new shells of every kind that is here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from doctor.bootstrap import launcher, tomorrow
from doctor.bootstrap.home import Home
from doctor.bootstrap.records import EnvironmentRecord
from tests import environments
from tests.surroundings import not_brought, uv

FOLDERS = ["plain", "with a blank", "it's", "[x] * $HOME", "数据 盘", 'a "b" \\c']
# argv of a new shell that runs the text it is given, without the files of whoever runs the tests
SHELLS = {
    "bash": ["bash", "--noprofile", "--norc", "-c"],
    "sh": ["dash", "-c"],
    "zsh": ["zsh", "-f", "-c"],
    "fish": ["fish", "--no-config", "-c"],
    "powershell": [os.environ.get("TORCH_DOCTOR_PWSH") or "pwsh", "-NoProfile", "-NonInteractive", "-Command"],
}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="what Windows' shells take is tried where they are")


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    (tmp_path / "user").mkdir()
    return tmp_path / "user"


def with_program(folder: Path) -> Home:
    """A home whose program says its words."""
    home = Home(folder)
    home.claim()
    program = launcher.program(home)
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "program: $*"\n')
    program.chmod(0o755)
    return home


def variables(shell: str) -> dict[str, str]:
    words = {"powershell": {"TORCH_DOCTOR_SHELL": "powershell"}}.get(shell, {"SHELL": f"/usr/bin/{shell}"})
    return {"PATH": "/usr/bin:/bin", **words}


def typed(shell: str, lines: tuple[str, ...], user: Path) -> list[str]:
    """What a new shell says to the lines, asked after each three for the environment that is active."""
    argv = SHELLS[shell]
    if not shutil.which(argv[0]):
        not_brought(f"{argv[0]} is not on this machine")
    asked = "python -c 'import sys; print(sys.prefix)'"
    text = "\n".join(line for at in range(0, len(lines), 3) for line in (*lines[at : at + 3], asked))
    settings = {"HOME": str(user), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "dumb", "NO_COLOR": "1"}
    done = subprocess.run(
        [*argv, text], env=settings, cwd="/", capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), (text, done.stdout, done.stderr)
    return done.stdout.splitlines()


@pytest.mark.parametrize("shell", SHELLS)
def test_an_environment_is_activated_and_the_program_is_found(shell, user, tmp_path):
    """By the program's path, and by its name once the launcher is in the environment; in folders of all kinds."""
    lines: list[str] = []
    expected = []
    for name in FOLDERS:
        home = with_program(tmp_path / name / "home")
        environment = EnvironmentRecord(str(tmp_path / name / "env"), made=True)
        environments.venv(Path(environment.folder))
        lines += tomorrow.lines(home, environment, variables(shell))
        launcher.install(home, environment, variables(shell), lambda _: None, lambda _: False)
        lines += tomorrow.lines(home, environment, variables(shell))
        expected += 2 * ["program: check", "program: run-recipes", environment.folder]
    assert "torch-doctor check" in lines
    assert typed(shell, tuple(lines), user) == expected


@pytest.mark.parametrize("shell", SHELLS)
def test_the_environment_is_one_of_uv_s(shell, user, tmp_path):
    if not uv():
        not_brought("there is no uv")
    home, folder = with_program(tmp_path / "home"), tmp_path / "it's env"
    subprocess.run([uv(), "venv", "--quiet", "--python", sys.executable, folder], check=True)
    said = typed(shell, tomorrow.lines(home, EnvironmentRecord(str(folder), made=True), variables(shell)), user)
    assert said[-1] == str(folder)


def test_an_adopted_environment_gets_no_command_of_ours(user, tmp_path):
    home, folder = with_program(tmp_path / "home"), tmp_path / "env"
    environments.venv(folder)
    launcher.install(home, EnvironmentRecord(str(folder)), variables("bash"), lambda _: None, lambda _: False)
    assert not (folder / "bin" / "torch-doctor").exists()
    _, check, _ = tomorrow.lines(home, EnvironmentRecord(str(folder)), variables("bash"))
    assert check == f"{home.doctor}/bin/torch-doctor check"
    on_path = {**variables("bash"), "PATH": f"{user}/.local/bin:/usr/bin"}
    assert tomorrow.lines(home, EnvironmentRecord(str(folder)), on_path)[1:] == (
        "torch-doctor check",
        "torch-doctor run-recipes",
    )


# --- conda ------------------------------------------------------------------------------------------------------------

CONDA_SH = """
conda() { [ "$1" = activate ] && PATH="{base}/envs/$2/bin:$PATH"; }
"""
CONDA = """#!/bin/sh
case $1 in
  shell.fish) echo "function conda; set -gx PATH '{base}/envs/'\\$argv[2]/bin \\$PATH; end" ;;
  shell.powershell) echo "function conda { \\$env:PATH = '{base}/envs/' + \\$args[1] + '/bin:' + \\$env:PATH }" ;;
esac
"""


@pytest.fixture
def conda(tmp_path: Path) -> Path:
    """What a conda's folder has for the shells, as far as a new shell can tell, with an environment in it."""
    base = tmp_path / "mini forge"
    for name, text in {"etc/profile.d/conda.sh": CONDA_SH, "bin/conda": CONDA}.items():
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / name).write_text(text.replace("{base}", str(base)))
        (base / name).chmod(0o755)
    environments.venv(base / "envs" / "torch")
    return base


@pytest.mark.parametrize("shell", SHELLS)
def test_conda_by_its_path_where_the_shell_does_not_know_it(shell, user, conda, tmp_path):
    home = with_program(tmp_path / "home")
    environment = EnvironmentRecord(str(conda / "envs" / "torch"), "torch", made=True)
    said = typed(shell, tomorrow.lines(home, environment, variables(shell)), user)
    assert said[-1] == environment.folder


@pytest.mark.parametrize("shell", SHELLS)
def test_an_environment_of_a_conda_that_is_not_found(shell, user, tmp_path):
    home, folder = with_program(tmp_path / "home"), tmp_path / "it's" / "torch"
    environments.venv(folder)
    said = typed(shell, tomorrow.lines(home, EnvironmentRecord(str(folder), "torch"), variables(shell)), user)
    assert said[-1] == str(folder)


def test_conda_by_name_where_the_shell_was_initialised(user, conda, tmp_path):
    home = with_program(tmp_path / "home")
    environment = EnvironmentRecord(str(conda / "envs" / "torch"), "torch")
    (user / ".bashrc").write_text(f"# >>> conda initialize >>>\n. '{conda}/etc/profile.d/conda.sh'\n")
    assert tomorrow.lines(home, environment, variables("bash"))[0] == "conda activate torch"
    assert tomorrow.lines(home, environment, variables("zsh"))[0] != "conda activate torch"
    (user / ".bashrc").write_text("# >>> conda initialize >>>\n. /opt/another/etc/profile.d/conda.sh\n")
    assert tomorrow.lines(home, environment, variables("bash"))[0] != "conda activate torch"


# --- which shell ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said, shell",
    [
        ({"SHELL": "/bin/zsh"}, "zsh"),
        ({"SHELL": "/usr/local/bin/fish"}, "fish"),
        ({"SHELL": "/bin/bash", "TORCH_DOCTOR_SHELL": "powershell"}, "bash"),
        ({"TORCH_DOCTOR_SHELL": "powershell"}, "powershell"),
        ({"SHELL": "/usr/bin/pwsh"}, "powershell"),
        ({"SHELL": "/bin/dash"}, "sh"),
        ({}, "sh"),
    ],
)
def test_the_shell_is_the_user_s(said, shell):
    assert tomorrow.shell_of(said) == shell


def test_lines_for_windows(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "win32")
    home = Home(tmp_path / "home")
    environment = EnvironmentRecord("/c/张三/it's env", made=True)
    activate, check, _ = tomorrow.lines(home, environment, {"TORCH_DOCTOR_SHELL": "powershell"})
    assert activate.startswith("Set-ExecutionPolicy -Scope Process ")
    assert activate.endswith(". '/c/张三/it''s env/Scripts/Activate.ps1'")
    assert check == f"& '{home.doctor}/Scripts/torch-doctor.exe' check"
    activate, check, _ = tomorrow.lines(home, environment, {})
    assert activate == '"/c/张三/it\'s env/Scripts/activate.bat"'
    assert check == f'"{home.doctor}/Scripts/torch-doctor.exe" check'

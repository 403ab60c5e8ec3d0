"""The command on PATH: ours is made, found and taken back; a file of somebody else's is never touched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from doctor.bootstrap import launcher, search_path
from doctor.bootstrap.home import Home
from doctor.bootstrap.records import EnvironmentRecord
from tests.bootstrap.parts import tree
from tests.surroundings import not_brought

NONE = EnvironmentRecord("/nowhere")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the launcher is a shell script here")


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "it's 张三"))
    (tmp_path / "it's 张三").mkdir()
    return tmp_path / "it's 张三"


@pytest.fixture
def home(user: Path) -> Home:
    home = Home(user / ".local" / "share" / "torch-doctor")
    home.claim()
    program = launcher.program(home)
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "program: $*"\nexit 7\n')
    program.chmod(0o755)
    return home


def install(home: Home, environment: EnvironmentRecord = NONE, *, agrees: bool = False, **variables: str) -> list[str]:
    said: list[str] = []
    launcher.install(home, environment, {"PATH": "/usr/bin", **variables}, said.append, lambda _: agrees)
    return said


def undo(home: Home) -> list[str]:
    return [*search_path.undo(home), *launcher.remove(home)]


def test_it_starts_the_program_with_the_words_as_they_are(home, user):
    install(home)
    command = user / ".local/bin/torch-doctor"
    done = subprocess.run([command, "check", "a b", "$HOME", "*"], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("program: check a b $HOME *\n", 7)
    assert undo(home) == []
    assert not command.parent.exists()


def test_what_uv_keeps_goes_with_the_folder_unless_the_user_has_a_cache(home, user):
    launcher.program(home).write_text('#!/bin/sh\necho "$UV_CACHE_DIR"\n')
    install(home)
    asked = {"HOME": str(user), "PATH": "/usr/bin:/bin"}
    argv = [user / ".local/bin/torch-doctor"]
    assert subprocess.run(argv, env=asked, capture_output=True, text=True).stdout == f"{home.folder}/cache/uv\n"
    assert subprocess.run(argv, env={**asked, "UV_CACHE_DIR": "/c"}, capture_output=True, text=True).stdout == "/c\n"
    (user / ".cache/uv").mkdir(parents=True)
    assert subprocess.run(argv, env=asked, capture_output=True, text=True).stdout == "\n"


def test_it_starts_where_pythonhome_is_that_of_another_python(home, user):
    launcher.program(home).unlink()
    launcher.program(home).with_name("python").symlink_to(sys.executable)
    install(home)
    env = {"HOME": str(user), "PATH": "/usr/bin:/bin", "PYTHONHOME": "/nowhere"}
    done = subprocess.run([user / ".local/bin/torch-doctor", "--version"], env=env, capture_output=True, text=True)
    assert "No module named" in done.stderr and "doctor" in done.stderr, "the Python starts; there is no more in it"
    assert subprocess.run([sys.executable, "-c", ""], env=env, capture_output=True).returncode == 1


def test_a_folder_that_was_there_stays(home, user):
    (user / ".local/bin").mkdir()
    (user / ".local/bin/mine").touch()
    install(home)
    undo(home)
    assert os.listdir(user / ".local/bin") == ["mine"]


@pytest.mark.parametrize("theirs", ["a file", "a link", "a broken link"])
def test_a_file_of_somebody_else_s_stays(home, user, theirs):
    command = user / ".local/bin/torch-doctor"
    command.parent.mkdir()
    (user / "pipx").write_text("#!/usr/bin/python3\n")
    if theirs == "a file":
        command.write_text("#!/usr/bin/python3\n")
    else:
        command.symlink_to(user / ("pipx" if theirs == "a link" else "gone"))
    before = tree(user / ".local/bin")
    assert "stays as it is" in launcher.plan(home, {"PATH": ""})
    assert "stays as it is" in install(home)[0]
    undo(home)
    assert tree(user / ".local/bin") == before
    assert (user / "pipx").read_text() == "#!/usr/bin/python3\n"


def test_ours_that_somebody_changed_is_theirs(home, user):
    install(home)
    command = user / ".local/bin/torch-doctor"
    command.write_text(command.read_text() + "# and mine\n")
    install(home)
    undo(home)
    assert command.read_text().endswith("# and mine\n")


def test_one_whose_record_was_lost_is_known_by_its_words(home, user):
    install(home)
    (home.folder / "launcher.json").unlink()
    undo(home)
    assert not (user / ".local/bin/torch-doctor").exists()


def test_an_environment_that_was_made_gets_it_too(home, user):
    (user / "env/bin").mkdir(parents=True)
    made = EnvironmentRecord(str(user / "env"), made=True)
    install(home, made)
    assert launcher.is_found(home, made, {"PATH": ""})
    assert not launcher.is_found(home, EnvironmentRecord(str(user / "env")), {"PATH": ""})
    undo(home)
    assert os.listdir(user / "env/bin") == []


def test_what_a_killed_run_had_begun_goes_too(home, user):
    install(home, agrees=True, SHELL="bash")
    for name in (".local/bin/.torch-doctor.part", ".bashrc.torch-doctor"):
        (user / name.replace(".bashrc", "..bashrc")).touch()
    undo(home)
    assert {name for name in tree(user) if "share" not in name} == {".local"}


# --- PATH -------------------------------------------------------------------------------------------------------------

FILES = {"bash": ".bashrc", "zsh": ".zshrc", "fish": ".config/fish/conf.d/torch-doctor.fish"}
READS = {"bash": ["bash", "-i", "-c"], "zsh": ["zsh", "-i", "-c"], "fish": ["fish", "-i", "-c"]}
BEFORE = [None, b"", b"alias l=ls\n", b"alias l=ls", "# 我\r\n\xff".encode("latin-1", "replace")]


@pytest.mark.parametrize("shell", FILES)
def test_a_new_shell_finds_the_command_once_the_user_agreed(home, user, shell):
    said = install(home, SHELL=f"/usr/bin/{shell}")
    assert FILES[shell] in said[-1] and ".local/bin" in said[-1]
    assert not (user / FILES[shell]).exists()
    install(home, agrees=True, SHELL=f"/usr/bin/{shell}")
    settings = {"HOME": str(user), "PATH": "/usr/bin:/bin", "TERM": "dumb", "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(
            [*READS[shell], "torch-doctor check"], env=settings, capture_output=True, text=True,
            stdin=subprocess.DEVNULL, start_new_session=True, timeout=60, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        not_brought(f"there is no {shell}")
    assert "program: check" in done.stdout, done.stderr
    # fish keeps files of its own there from its first start on
    assert undo(home) == []
    assert not (user / FILES[shell]).exists()


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("shell", FILES)
def test_the_file_of_the_shell_is_put_back_byte_for_byte(home, user, shell, before):
    file = user / FILES[shell]
    if before is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(before)
        file.chmod(0o600)
    was = tree(user)
    install(home, agrees=True, SHELL=shell)
    install(home, agrees=True, SHELL=shell)  # once is enough
    assert file.read_bytes().count(search_path.MARK.encode()) == 1
    undo(home)
    assert (file.read_bytes() if file.exists() else None) == before
    assert before is None or file.stat().st_mode & 0o777 == 0o600
    ours = {name for name in tree(user) if name not in was and "share/torch-doctor" not in name}
    assert ours == set()


def test_a_file_that_was_changed_since_loses_our_lines_only(home, user):
    file = user / ".bashrc"
    file.write_bytes(b"alias l=ls")
    install(home, agrees=True, SHELL="bash")
    file.write_bytes(b"# first\n" + file.read_bytes() + b"# last\n")
    undo(home)
    assert file.read_bytes() == b"# first\nalias l=ls\n# last\n"


@pytest.mark.parametrize("moved", ["before", "since"])
def test_a_link_to_dotfiles_stays_one(home, user, moved):
    file = user / ".bashrc"
    file.write_text("alias l=ls\n")
    if moved == "since":
        install(home, agrees=True, SHELL="bash")
    file.rename(user / "dotfiles")
    file.symlink_to("dotfiles")
    if moved == "before":
        install(home, agrees=True, SHELL="bash")
    assert search_path.MARK in (user / "dotfiles").read_text()
    undo(home)
    assert file.is_symlink()
    assert (user / "dotfiles").read_text() == "alias l=ls\n"


def test_nothing_is_asked_where_the_folder_is_on_path(home, user):
    assert install(home, agrees=True, SHELL="bash", PATH=f"/usr/bin:{user}/.local/bin/") == []
    assert not (user / ".bashrc").exists()


def test_a_shell_that_is_not_known_is_told(home, user):
    assert "is not on your PATH" in install(home, agrees=True, SHELL="/bin/ksh")[0]


# --- Windows: its variable, as text ----------------------------------------------------------------------------------

OURS = r"C:\Users\张三\AppData\Local\torch-doctor\bin"


@pytest.mark.parametrize("path", ["", r"C:\a", r"C:\a;%USERPROFILE%\b;", r"C:\a;;C:\b"])
def test_an_entry_of_windows_variable_comes_last_and_goes_alone(path):
    added = search_path.with_entry(path, OURS)
    assert added.endswith(OURS)
    assert added.count(OURS) == 1
    assert search_path.without_entry(added, OURS) == path.rstrip(";")
    assert search_path.without_entry(f"{OURS.upper()}\\;{path}", OURS) == path

"""The way through, with a stand-in for the doctor: what is asked of it, what is done again and what is not."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from doctor.bootstrap.home import OURS, Home
from doctor.bootstrap.own_environment import key_of
from doctor.bootstrap.records import environments
from tests.bootstrap.parts import SCRIPT, bootstrap, environment, index, pip_and_uv, stand_in, tree, wait_for
from tests.processes import alive, gone


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    (tmp_path / "wheels").mkdir()
    stand_in(tmp_path / "wheels")
    return tmp_path / "wheels"


def asked(home: Path) -> list[str]:
    """The doctor's commands so far, without their options' values; forgets them."""
    file = home.parent / "asked"
    lines = file.read_text().splitlines() if file.exists() else []
    file.unlink(missing_ok=True)
    return lines


def commands(home: Path) -> list[str]:
    return [line.split()[0] for line in asked(home)]


def test_the_machine_is_checked_then_set_up(home, wheels):
    done = bootstrap("--yes", "--offline", wheels, home=home)
    assert done.returncode == 0, done.stderr
    lines = asked(home)
    assert [line.split()[0] for line in lines] == ["check", "setup"], "a folder of wheels gives no lock"
    data = home / ".local/share/torch-doctor"
    assert lines[1].startswith(f"setup --yes --env {data}/env ")
    assert f"--offline {wheels}" in lines[1]
    assert lines[0] == "check --machine", "the machine, and not the program's own environment"
    assert len(done.stdout.splitlines()) == 3
    assert "~/.local/share/torch-doctor/env/bin/activate" in done.stdout and "run-recipes" in done.stdout


@pytest.mark.heavy
def test_what_comes_from_an_index_is_locked(home, wheels):
    """And where that failed, only that is done again."""
    pip_and_uv(wheels)
    data = home / ".local/share/torch-doctor"
    with index(wheels) as url:
        words = ("--yes", "--source", next(wheels.glob("torch_doctor*")), "--mirror", f"{url}/simple")
        done = bootstrap(*words, home=home, FAKE_FAILS="lock")
        assert done.returncode == 1
        assert "the lock could not be written" in done.stderr
        assert commands(home) == ["check", "setup", "lock"]
        assert bootstrap(*words, home=home).returncode == 0
        assert commands(home) == ["check", "lock"]
        assert list((data / "locks").glob("pylock.*"))
        assert bootstrap(*words, "--env", home / "second", home=home).returncode == 0
    assert next(path.name for path in (data / "locks").iterdir() if path.is_dir()).startswith("second-")


@pytest.mark.heavy
def test_the_second_run_changes_nothing(home, wheels):
    bootstrap("--yes", "--offline", wheels, home=home)
    asked(home)
    before = tree(home)
    done = bootstrap("--yes", "--offline", wheels, home=home)
    assert done.returncode == 0
    assert tree(home) == before
    assert commands(home) == ["check"]


@pytest.mark.heavy
def test_piped_into_a_shell(home, wheels):
    done = bootstrap("--yes", "--offline", wheels, home=home, piped=True)
    assert done.returncode == 0, done.stderr
    assert commands(home) == ["check", "setup"]


def test_piped_without_a_checkout_says_what_it_lacks(home):
    done = bootstrap("--yes", home=home, piped=True)
    assert done.returncode == 1
    assert "--source" in done.stderr
    assert tree(home) == {}


@pytest.mark.heavy
def test_check_only_has_the_exit_code_of_check(home, wheels):
    assert bootstrap("--check-only", "--offline", wheels, home=home).returncode == 0
    done = bootstrap("--check-only", "--offline", wheels, home=home, FAKE_FAILS="check")
    assert done.returncode == 1
    assert set(commands(home)) == {"check"}


@pytest.mark.heavy
def test_a_lock_and_an_environment_of_the_users_choice(home, wheels, tmp_path):
    lock = tmp_path / "pylock.cpu.toml"
    lock.touch()
    pip_and_uv(wheels)
    env = tmp_path / "my env"
    source = next(wheels.glob("torch_doctor*"))
    with index(wheels) as url:
        done = bootstrap(
            "--yes", "--source", source, "--mirror", f"{url}/simple", "--from", lock, "--env", env, home=home
        )
    assert done.returncode == 0, done.stderr
    assert any(f"--from {lock}" in line and f"--env {env}" in line for line in asked(home))
    assert bootstrap("--uninstall", "--yes", home=home).returncode == 0
    assert not env.exists()
    assert tree(home) == {}


@pytest.mark.heavy
def test_uninstall_takes_everything_and_only_that(home, wheels):
    (home / ".local/share").mkdir(parents=True)
    (home / ".local/share/mine").write_text("stays")
    before = set(tree(home))
    bootstrap("--yes", "--offline", wheels, home=home)
    done = bootstrap("--uninstall", "--yes", home=home)
    assert done.returncode == 0
    assert "~/.local/share/torch-doctor" in done.stderr
    assert set(tree(home)) == before


@pytest.mark.heavy
def test_a_failed_setup_stops_and_is_done_again(home, wheels):
    done = bootstrap("--yes", "--offline", wheels, home=home, FAKE_FAILS="setup")
    assert done.returncode == 1
    assert "bootstrap: " in done.stderr
    assert not (home / ".local/share/torch-doctor/work").exists()
    asked(home)
    shutil.rmtree(home / ".local/share/torch-doctor/env")  # the real setup goes on in it, the stand-in cannot
    assert bootstrap("--yes", "--offline", wheels, home=home).returncode == 0
    assert "setup" in commands(home)


@pytest.mark.heavy
def test_an_unhealthy_environment_is_set_up_again(home, wheels):
    for fails, code in (("", 0), ("check", 1)):
        assert bootstrap("--yes", "--offline", wheels, home=home, FAKE_FAILS=fails).returncode == code
    assert commands(home)[-1] == "check"
    assert bootstrap("--yes", "--offline", wheels, home=home).returncode == 0
    assert "setup" in commands(home)


@pytest.mark.heavy
@pytest.mark.parametrize("ending", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_killed_anywhere_it_completes_when_run_again(home, wheels, ending):
    for after in (0.2, 0.7, 1.4):
        running = start(home, wheels)
        time.sleep(after)
        running.send_signal(signal.Signals[ending])
        running.wait(30)
    done = bootstrap("--yes", "--offline", wheels, home=home)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (home / ".local/share/torch-doctor").iterdir()} <= set(OURS) - {"work"}


@pytest.mark.heavy
def test_what_a_killed_run_left_working_is_ended_by_the_next(home, wheels):
    """Where no guard does it: this one is killed first."""
    running = start(home, wheels, FAKE_SETUP_S="300")
    wait_for(home.parent / "asked", "setup")
    child = json.loads((home / ".local/share/torch-doctor/work/child.json").read_text())["pid"]
    for guard in psutil.Process(running.pid).children():
        if guard.pid != child:
            guard.kill()
    running.kill()
    running.wait(10)
    assert alive(child)
    assert bootstrap("--yes", "--offline", wheels, home=home).returncode == 0
    assert gone(child)


def start(home: Path, wheels: Path, *, stderr: int = subprocess.DEVNULL, **variables: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        ["sh", str(SCRIPT), "--yes", "--offline", str(wheels)],
        cwd=home,
        env=environment(home, **variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=stderr,
        start_new_session=True,
    )


@pytest.mark.heavy
def test_two_at_once_do_not_disturb_each_other(home, wheels):
    first = start(home, wheels, FAKE_SETUP_S="6")
    try:
        wait_for(home / ".local/share/torch-doctor/work/child.json", "pid")
        second = bootstrap("--yes", "--offline", wheels, home=home)
        assert second.returncode == 1
        assert "another bootstrap is running" in second.stderr
        assert first.wait(60) == 0
    finally:
        if first.poll() is None:
            os.killpg(first.pid, signal.SIGKILL)


@pytest.mark.heavy
def test_settings_that_would_lead_packages_elsewhere(home, wheels, tmp_path):
    (tmp_path / "shadow/doctor").mkdir(parents=True)
    (tmp_path / "shadow/doctor/__init__.py").write_text("raise SystemExit('not this one')")
    config = tmp_path / "pip.conf"
    config.write_text("[install]\nuser = true\n")
    elsewhere = {
        "PIP_TARGET": str(tmp_path / "t"),
        "PIP_CONFIG_FILE": str(config),
        "PYTHONPATH": str(tmp_path / "shadow"),
    }
    done = bootstrap("--yes", "--offline", wheels, home=home, **elsewhere)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "t").exists()


@pytest.mark.heavy
def test_check_only_looks_at_the_environment_that_is_there(home, wheels):
    bootstrap("--yes", "--offline", wheels, home=home)
    asked(home)
    bootstrap("--check-only", "--offline", wheels, home=home)
    assert asked(home) == [f"check --python {home}/.local/share/torch-doctor/env/bin/python"]


def test_another_environment_forgets_nothing_of_the_first(home, wheels, tmp_path):
    bootstrap("--yes", "--offline", wheels, home=home)
    asked(home)
    other = tmp_path / "other"
    done = bootstrap("--yes", "--offline", wheels, "--env", other, home=home)
    assert done.returncode == 0, done.stderr
    assert f"PyTorch goes to         {other}" in done.stderr
    assert commands(home) == ["check", "setup"]
    data = home / ".local/share/torch-doctor"
    bootstrap("--yes", "--offline", wheels, "--env", data / "env", home=home)
    assert asked(home) == [f"check --python {data}/env/bin/python"]
    assert {path.name for path in (data / "environments").iterdir()} == {
        f"{recorded.id}.json" for recorded in environments(Home(data))
    }
    assert [recorded.folder for recorded in environments(Home(data))] == [f"{data}/env", str(other)]


@pytest.mark.heavy
def test_an_environment_that_was_there_is_adopted(home, wheels, tmp_path):
    """It keeps its Python, and its record says that it is not ours to remove."""
    theirs = tmp_path / "theirs"
    (theirs / "bin").mkdir(parents=True)
    (theirs / "bin/python").symlink_to(sys.executable)
    done = bootstrap("--yes", "--offline", wheels, "--env", theirs, home=home)
    assert done.returncode == 0, done.stderr
    assert "yours" in done.stderr
    setup = next(line for line in asked(home) if line.startswith("setup"))
    assert "--python" not in setup
    assert [found.made for found in environments(Home(home / ".local/share/torch-doctor"))] == [False]


@pytest.mark.heavy
def test_without_a_lock_the_environment_of_one_stays_as_it_is(home, wheels, tmp_path):
    lock = tmp_path / "pylock.cpu.toml"
    lock.touch()
    pip_and_uv(wheels)
    with index(wheels) as url:
        words = ("--yes", "--source", next(wheels.glob("torch_doctor*")), "--mirror", f"{url}/simple")
        assert bootstrap(*words, "--from", lock, home=home).returncode == 0
        asked(home)
        assert bootstrap(*words, home=home).returncode == 0
        assert commands(home) == ["check"]
        assert bootstrap(*words, "--accelerator", "cpu", home=home).returncode == 0
    assert any(line.endswith("--accelerator cpu") for line in asked(home))


@pytest.mark.heavy
def test_a_relative_lock_is_found_from_elsewhere(home, wheels):
    (home / "pylock.cpu.toml").touch()
    pip_and_uv(wheels)
    with index(wheels) as url:
        words = ("--yes", "--source", next(wheels.glob("torch_doctor*")), "--mirror", f"{url}/simple")
        done = bootstrap(*words, "--from", "pylock.cpu.toml", home=home)
    assert done.returncode == 0, done.stderr
    assert any(f"--from {home}/pylock.cpu.toml" in line for line in asked(home))


@pytest.mark.heavy
@pytest.mark.parametrize("broken", ["the program is gone", "its Python is gone", "the base Python is gone"])
def test_what_was_broken_since_is_repaired(home, wheels, broken):
    bootstrap("--yes", "--offline", wheels, home=home)
    asked(home)
    data = home / ".local/share/torch-doctor"
    python = data / "doctor/bin/python"
    if broken == "the program is gone":
        shutil.rmtree(next(data.glob("doctor/lib/python*/site-packages/doctor")))
    else:
        python.unlink()
    if broken == "the base Python is gone":
        python.symlink_to("/nowhere/python3")
    done = bootstrap("--yes", "--offline", wheels, home=home)
    assert done.returncode == 0, done.stderr
    assert commands(home) == ["check"]


@pytest.mark.heavy
def test_an_environment_whose_python_is_gone_is_set_up_again(home, wheels):
    bootstrap("--yes", "--offline", wheels, home=home)
    asked(home)
    shutil.rmtree(home / ".local/share/torch-doctor/env")
    done = bootstrap("--yes", "--offline", wheels, home=home)
    assert done.returncode == 0, done.stderr
    assert commands(home) == ["check", "setup"]


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["a blank", "数据盘", "it's", "[brackets]", "trailing/", "a $HOME `x`"])
def test_folders_of_any_name(home, wheels, tmp_path, name):
    env = f"{tmp_path}/env {name}"
    done = bootstrap("--yes", "--offline", wheels, "--env", env, home=home, TORCH_DOCTOR_HOME=f"{tmp_path}/home {name}")
    assert done.returncode == 0, done.stderr
    assert not (home / ".local/share").exists(), "only the command lies in the user's own folder"
    activate = subprocess.run(["sh", "-c", done.stdout.splitlines()[0]], capture_output=True, text=True, check=False)
    assert "syntax" not in activate.stderr.lower() and "unterminated" not in activate.stderr.lower()
    assert any(f"--env {env.rstrip('/')} " in line for line in asked(home))


def test_a_folder_with_other_peoples_files_is_refused(home, wheels, tmp_path):
    theirs = tmp_path / "theirs"
    (theirs / "work").mkdir(parents=True)
    (theirs / "work/thesis.tex").write_text("mine")
    before = tree(theirs)
    for words in (["--yes"], ["--dry-run"], ["--check-only"]):
        done = bootstrap(*words, "--offline", wheels, home=home, TORCH_DOCTOR_HOME=str(theirs))
        assert done.returncode == 1
        assert "holds files that torch-doctor did not make: work" in done.stderr
    for folder in ("/", str(home)):
        done = bootstrap("--yes", "--offline", wheels, home=home, TORCH_DOCTOR_HOME=folder)
        assert done.returncode == 1
    assert tree(theirs) == before
    assert tree(home) == {}


@pytest.mark.heavy
def test_ctrl_c_says_how_to_go_on(home, wheels):
    running = start(home, wheels, stderr=subprocess.PIPE, FAKE_SETUP_S="300")
    wait_for(home.parent / "asked", "setup")
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert b"interrupted" in said and b"run it again" in said
    assert b"Traceback" not in said


def test_another_content_makes_the_program_anew(tmp_path):
    keys = []
    for text in ("one", "two"):
        (tmp_path / "doctor").mkdir(exist_ok=True)
        (tmp_path / "doctor/__init__.py").write_text(f"# {text}\n")
        keys.append(key_of(tmp_path))
    (tmp_path / "doctor/__pycache__").mkdir()
    (tmp_path / "doctor/__pycache__/x.pyc").write_text("made by running it")
    assert keys[0] != keys[1] == key_of(tmp_path)

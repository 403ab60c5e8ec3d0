"""The way through, with a stand-in for the doctor: what is asked of it, what is done again and what is not."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bootstrap.parts import SCRIPT, bootstrap, environment, index, pip_and_uv, stand_in, tree


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


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


def test_check_then_setup_then_check_then_lock(home, wheels):
    done = bootstrap("--yes", "--offline", wheels, home=home)
    assert done.returncode == 0, done.stderr
    lines = asked(home)
    assert [line.split()[0] for line in lines] == ["check", "setup", "check", "lock"]
    data = home / ".local/share/torch-doctor"
    assert lines[1].startswith(f"setup --yes --env {data}/env ")
    assert f"--offline {wheels}" in lines[1]
    assert lines[2] == f"check --python {data}/env/bin/python"
    assert list((data / "locks").iterdir())
    assert len(done.stdout.splitlines()) == 3
    assert f"{data}/env/bin/activate" in done.stdout and "run-recipes" in done.stdout


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
    assert commands(home) == ["check", "setup", "check", "lock"]


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
    assert str(home / ".local/share/torch-doctor") in done.stderr
    assert set(tree(home)) == before


@pytest.mark.heavy
@pytest.mark.parametrize("fails", ["setup", "lock"])
def test_a_failed_step_stops_and_is_done_again(home, wheels, fails):
    done = bootstrap("--yes", "--offline", wheels, home=home, FAKE_FAILS=fails)
    assert done.returncode == 1
    assert "bootstrap: " in done.stderr
    assert not (home / ".local/share/torch-doctor/lock").exists()
    asked(home)
    shutil.rmtree(home / ".local/share/torch-doctor/env")  # the real setup goes on in it, the stand-in cannot
    assert bootstrap("--yes", "--offline", wheels, home=home).returncode == 0
    assert fails in commands(home)


@pytest.mark.heavy
def test_an_unhealthy_environment_is_set_up_again(home, wheels):
    assert bootstrap("--yes", "--offline", wheels, home=home, FAKE_FAILS="check").returncode == 1
    asked(home)
    shutil.rmtree(home / ".local/share/torch-doctor/env")
    assert bootstrap("--yes", "--offline", wheels, home=home).returncode == 0
    assert "setup" in commands(home)


@pytest.mark.heavy
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_killed_anywhere_it_completes_when_run_again(home, wheels, ending):
    for after in (0.2, 0.7, 1.4):
        running = start(home, wheels)
        time.sleep(after)
        running.send_signal(ending)
        running.wait(30)
    done = bootstrap("--yes", "--offline", wheels, home=home)
    assert done.returncode == 0, done.stderr
    left = {path.name for path in (home / ".local/share/torch-doctor").iterdir()}
    assert left <= {"doctor", "env", "state", "locks", "cache"}


@pytest.mark.heavy
def test_what_a_killed_run_left_working_is_ended_by_the_next(home, wheels):
    running = start(home, wheels, FAKE_SETUP_S="300")
    wait_for(home.parent / "asked", "setup")
    child = int((home / ".local/share/torch-doctor/lock/child").read_text())
    running.kill()
    running.wait(10)
    assert Path(f"/proc/{child}").exists() or sys.platform != "linux"
    assert bootstrap("--yes", "--offline", wheels, home=home).returncode == 0
    assert not Path(f"/proc/{child}").exists()


def start(home: Path, wheels: Path, **variables: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        ["sh", str(SCRIPT), "--yes", "--offline", str(wheels)],
        cwd=home,
        env=environment(home, **variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.mark.heavy
def test_two_at_once_do_not_disturb_each_other(home, wheels):
    first = start(home, wheels, FAKE_SETUP_S="6")
    try:
        wait_for(home / ".local/share/torch-doctor/lock/pid")
        second = bootstrap("--yes", "--offline", wheels, home=home)
        assert second.returncode == 1
        assert "another bootstrap is running" in second.stderr
        assert first.wait(60) == 0
    finally:
        if first.poll() is None:
            os.killpg(first.pid, signal.SIGKILL)


def wait_for(path: Path, text: str = "") -> None:
    for _ in range(600):
        if path.exists() and path.read_text() and text in path.read_text():
            return
        time.sleep(0.05)
    raise AssertionError(f"{path} did not appear")


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


def test_changed_content_of_the_checkout_makes_the_doctor_anew(home, tmp_path):
    source = tmp_path / "checkout"
    (source / "doctor").mkdir(parents=True)
    (source / "recipes").mkdir()
    (source / "pyproject.toml").write_text('name = "torch-doctor"\n')
    (source / "doctor/__init__.py").write_text("")
    keys = []
    for text in ("one", "two"):
        (source / "doctor/__init__.py").write_text(f"# {text}\n")
        script = SCRIPT.read_text().replace('\nmain "$@"\n', f"\nsource={source}\nsource_key\n")
        keys.append(subprocess.run(["sh"], input=script, capture_output=True, text=True, env={"HOME": str(home),
                    "PATH": os.environ["PATH"]}, check=True).stdout)  # fmt: skip
    assert keys[0] != keys[1]

"""Packages replaced so that the environment is as before or wholly new, whatever happens in between."""

from __future__ import annotations

import ensurepip
import os
import random
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from doctor.fix.replace import FOLDER, Layout, exchange, layout_of, replace
from doctor.process import run
from tests.environments import site_packages
from tests.fix.wheels import environment, torch_of, wheel
from tests.surroundings import LINUX, SCRIPTS, shell

EXE = ".exe" if sys.platform == "win32" else ""
UNINSTALL_FIRST = ("uninstall", "-y", "torch")


def run_one(argv: tuple[str, ...]) -> str:
    ended = run(argv, timeout_s=120)
    return "" if ended.ok else ended.stderr


def layout(python: Path) -> Layout:
    found = layout_of(str(python))
    assert found is not None
    return found


def install(python: Path, *words: object) -> tuple[str, ...]:
    return (str(python), "-m", "pip", "install", "--no-index", "--force-reinstall", "--no-deps", *map(str, words))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return environment(tmp_path / "an env", wheel(tmp_path / "wheels", "torch", "2.0"))


def test_the_new_takes_the_place_of_the_old(old: Path, tmp_path: Path) -> None:
    new = wheel(tmp_path / "new", "torch", "2.1")
    assert replace(layout(old), [install(old, new)], run_one) == ""
    assert torch_of(old) == "2.1"
    script = old.with_name(f"torch-version{EXE}")
    assert subprocess.run([script], capture_output=True, text=True, check=True).stdout == "2.1\n"
    assert os.fsencode(FOLDER) not in script.read_bytes()
    listed = subprocess.run([old, "-m", "pip", "list"], capture_output=True, text=True, check=True).stdout
    assert "2.1" in listed and "2.0" not in listed
    assert [p.name for p in (old.parent.parent / FOLDER).iterdir()] in ([], ["lock"])


def test_pip_replaced_by_itself_goes_on_working(old: Path, tmp_path: Path) -> None:
    """By each of its names: none of its launchers may name the copy in which it was installed."""
    own = next(Path(ensurepip.__file__).parent.glob("_bundled/pip-*.whl"))
    assert replace(layout(old), [install(old, own, wheel(tmp_path / "new", "torch", "2.1"))], run_one) == ""
    for name in (f"pip{EXE}", f"pip3.{sys.version_info[1]}{EXE}"):
        told = subprocess.run([old.with_name(name), "--version"], capture_output=True, text=True, check=True).stdout
        assert FOLDER not in told
        assert str(old.parent.parent) in told
    again = [
        old.with_name("pip"),
        "install",
        "--no-index",
        "--force-reinstall",
        wheel(tmp_path / "more", "torch", "2.2"),
    ]
    subprocess.run(again, check=True, capture_output=True)
    assert torch_of(old) == "2.2"


def test_what_fails_leaves_the_old(old: Path, tmp_path: Path) -> None:
    commands = [(str(old), "-m", "pip", *UNINSTALL_FIRST), install(old, tmp_path / "no-such-file.whl")]
    assert "no-such-file" in replace(layout(old), commands, run_one)
    assert torch_of(old) == "2.0"


def test_a_torch_that_no_longer_imports_is_not_brought_over(old: Path, tmp_path: Path) -> None:
    bad = wheel(tmp_path / "bad", "torch", "2.1", "raise ImportError('undefined symbol')\n")
    assert "undefined symbol" in replace(layout(old), [install(old, bad)], run_one)
    assert torch_of(old) == "2.0"


@SCRIPTS
def test_a_full_disk_leaves_the_old(old: Path, tmp_path: Path) -> None:
    large = wheel(tmp_path / "large", "torch", "2.1", padding=2_000_000)

    def limited(argv: tuple[str, ...]) -> str:
        return run_one(("sh", "-c", 'ulimit -f 1000; trap "" XFSZ; exec "$@"', "sh", *argv))

    assert "File too large" in replace(layout(old), [install(old, large)], limited)
    assert torch_of(old) == "2.0"


def test_a_python_of_the_system_is_not_copied() -> None:
    assert layout_of(sys._base_executable) is None


def test_folders_change_places_where_the_system_cannot_do_it_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("doctor.fix.replace._exchanged", lambda *_: False)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    exchange(tmp_path / "a", tmp_path / "b")
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["b"]
    assert [p.name for p in (tmp_path / "b").iterdir()] == ["a"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b"]


def test_a_folder_that_stood_aside_is_put_back_by_the_next_run(old: Path, tmp_path: Path) -> None:
    packages = site_packages(old.parent.parent)
    packages.rename(packages.with_name("site-packages.torch-doctor-old"))
    new = wheel(tmp_path / "new", "torch", "2.1")
    assert replace(layout(old), [install(old, new)], run_one) == ""
    assert torch_of(old) == "2.1"


REPLACE = """
import sys
from doctor.fix.replace import layout_of, replace
from doctor.process import run
python, new = sys.argv[1:]
command = (python, "-m", "pip", "install", "--no-index", "--force-reinstall", "--no-deps", new)
print("begun", flush=True)
sys.exit(replace(layout_of(python), [command], lambda argv: "" if run(argv, timeout_s=60).ok else "failed") or 0)
"""


@pytest.mark.heavy
def test_killed_at_any_moment_the_environment_is_old_or_new(tmp_path: Path) -> None:
    """Kills with SIGKILL, the whole session as the kernel's or a user's `kill -9` may: never half of each."""
    wheels = [wheel(tmp_path / "wheels", "torch", version, padding=5_000_000) for version in ("2.0", "2.1")]
    python = environment(tmp_path / "env", wheels[0])
    chance, seen = random.Random(7), []
    for turn in range(12):
        new = wheels[(turn + 1) % 2]
        argv = [sys.executable, "-c", REPLACE, str(python), str(new)]
        child = subprocess.Popen(argv, stdout=subprocess.PIPE, start_new_session=True)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(chance.uniform(0, 2.0))
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        seen.append(torch_of(python))
    assert set(seen) <= {"2.0", "2.1"}, seen
    assert replace(layout(python), [install(python, wheels[1])], run_one) == ""
    assert torch_of(python) == "2.1"


class Image:
    """An environment that came with a container's image: its folders cannot be renamed, as on Docker's overlayfs."""

    def __init__(self, env: Path, upper: Path) -> None:
        for folder in ("changed", "work"):
            (upper / folder).mkdir(parents=True)
        options = f"lowerdir={env},upperdir={upper}/changed,workdir={upper}/work"
        mount = f'{shlex.join(["mount", "-t", "overlay", "-o", options, "overlay", str(env)])} && exec "$@"'
        self.inside = ("unshare", "--mount", "sh", "-c", mount, "sh")
        shell([*self.inside, "true"])

    def torch(self, python: Path) -> str:
        code = "import torch; print(torch.__version__)"
        done = subprocess.run([*self.inside, str(python), "-c", code], capture_output=True, text=True, check=False)
        return done.stdout.strip() or done.stderr


@pytest.fixture
def image(old: Path, tmp_path: Path) -> Image:
    return Image(old.parent.parent, tmp_path / "upper")


@pytest.mark.heavy
@LINUX
def test_where_folders_cannot_be_renamed_their_entries_are_exchanged(old: Path, image: Image, tmp_path: Path) -> None:
    wheel_dir = tmp_path / "new"
    argv = [*image.inside, sys.executable, "-c", REPLACE, str(old), str(wheel(wheel_dir, "torch", "2.1"))]
    assert subprocess.run(argv, capture_output=True, text=True, check=False).returncode == 0
    assert image.torch(old) == "2.1"
    look = f'cd "$0"; ls -A {FOLDER}; ls -d lib/python*/site-packages/torch-*'
    listed = [*image.inside, "sh", "-c", look, str(old.parent.parent)]
    told = subprocess.run(listed, capture_output=True, text=True, check=True).stdout
    assert [Path(line).name for line in told.split()] in (["torch-2.1.dist-info"], ["lock", "torch-2.1.dist-info"])


@pytest.mark.heavy
@LINUX
def test_and_the_next_run_ends_what_a_kill_interrupted(old: Path, image: Image, tmp_path: Path) -> None:
    """The worst moment: the old is gone, and the new is not there yet."""
    new = wheel(tmp_path / "new", "torch", "2.1")
    dies = (
        "import os, sys; from doctor.fix import entries\n"
        "remove = entries._remove\n"
        "def removes(path):\n    remove(path)\n    if path.name == 'torch': os.kill(0, 9)\n"
        "entries._remove = removes\n"
    )
    argv = [*image.inside, sys.executable, "-c", dies + REPLACE, str(old), str(new)]
    killed = subprocess.run(argv, capture_output=True, text=True, check=False, start_new_session=True)
    assert killed.returncode == -signal.SIGKILL
    assert "No module named 'torch'" in image.torch(old)
    again = "import sys; from doctor.fix.replace import layout_of, replace; replace(layout_of(sys.argv[1]), [], str)"
    subprocess.run([*image.inside, sys.executable, "-c", again, str(old)], check=True)
    assert image.torch(old) == "2.1"

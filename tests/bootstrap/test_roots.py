"""Fresh machines: Debian 12 with a Python that has neither pip nor venv's ensurepip, Debian 13, one without Python."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.bootstrap.parts import SCRIPT, bundled_pip, index, pinned_row, stand_in, wheel
from tests.bootstrap.roots import Root, unpacked

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.timeout(1200),
    pytest.mark.skipif(sys.platform != "linux", reason="roots of Debian"),
]
PYTHON = ("python3", "ca-certificates")
DATA = ".local/share/torch-doctor"


@pytest.fixture
def debian12(tmp_path: Path) -> Root:
    return unpacked("bookworm", PYTHON, tmp_path / "root")


@pytest.fixture
def debian13(tmp_path: Path) -> Root:
    return unpacked("trixie", PYTHON, tmp_path / "root")


@pytest.fixture
def without_python(debian12: Root) -> Root:
    debian12.remove("*python3*")
    return debian12


def test_debian_12_from_nothing_to_training(debian12):
    """Killed twice on the way; then PyTorch, check, recipes and lock for real; then nothing to do; then gone."""
    debian12.put_checkout()
    before = debian12.listing()
    killed = "for after in 3 15; do bash scripts/bootstrap.sh --yes & sleep $after; kill -9 $!; wait; done"
    done = debian12.run(
        f"cd checkout; {{ {killed}; }} >/dev/null 2>&1; bash scripts/bootstrap.sh --yes --allow-larger-build"
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-3000:]
    assert "Healthy" in said
    assert said.count(": passed (") >= 9
    locks = {path.name for path in (debian12.home / DATA / "locks").iterdir()}
    assert "doctor.lock.toml" in locks and any(name.startswith("pylock.") for name in locks)
    after = debian12.listing()

    again = debian12.run("cd checkout; bash scripts/bootstrap.sh --yes --allow-larger-build")
    assert again.returncode == 0, again.stderr
    assert debian12.listing() == after
    assert "--- setup" not in again.stderr

    assert debian12.run("cd checkout; bash scripts/bootstrap.sh --uninstall").returncode == 0
    assert debian12.listing() == before


def test_debian_13_and_a_wheel_without_the_checkout(debian13, built_wheel):
    debian13.put(built_wheel, built_wheel.name)
    before = debian13.listing()
    words = f"--check-only --source ~/{built_wheel.name}"
    done = debian13.run(f"sh -s -- {words}", stdin=SCRIPT.read_text())
    assert done.returncode == 0, done.stdout + done.stderr
    program = f"~/{DATA}/doctor/bin/torch-doctor"
    assert debian13.run(f"{program} match --format json").returncode == 0
    assert "01_numpy" in debian13.run(f"{program} run-recipes --list").stdout
    assert debian13.run("sh -s -- --uninstall", stdin=SCRIPT.read_text()).returncode == 0
    assert debian13.listing() == before


@pytest.fixture(scope="session")
def built_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.packages import built

    return next(built(tmp_path_factory.mktemp("dist")).glob("*.whl"))


def test_without_python_it_fetches_one_or_says_what_is_missing(without_python):
    without_python.put_checkout()
    before = without_python.listing()
    done = without_python.run("cd checkout; bash scripts/bootstrap.sh --yes --allow-larger-build --check-only")
    if done.returncode == 0:  # where the release of uv can be reached
        assert "Healthy" in done.stdout
        return
    assert done.returncode == 1
    assert "there is no Python 3.11 or newer here" in done.stderr
    assert "sudo apt install python3" in done.stderr
    assert without_python.listing() == before


def test_pip_from_the_index_that_was_named(debian12, tmp_path):
    """Not from apt: the index has the wheel of pip, whose SHA-256 it tells."""
    wheels = index_with_pip(tmp_path)
    debian12.put(next(wheels.glob("torch_doctor*")), "torch_doctor-0.1.0-py3-none-any.whl")
    with index(wheels) as url:
        done = debian12.run(
            f"sh -s -- --yes --source ~/torch_doctor-0.1.0-py3-none-any.whl --mirror {url}/simple",
            stdin=SCRIPT.read_text(),
            FAKE_LOG="/home/plain/asked",
        )
    assert done.returncode == 0, done.stderr
    assert "distribution's archive" not in done.stderr
    assert "setup" in (debian12.home / "asked").read_text()


def test_a_pip_that_is_not_the_one_it_should_be_is_refused(debian12, tmp_path):
    wheels = index_with_pip(tmp_path)
    debian12.put(next(wheels.glob("torch_doctor*")), "torch_doctor-0.1.0-py3-none-any.whl")
    before = debian12.listing()
    with index(wheels, "wrong_bytes") as url:
        done = debian12.run(
            f"sh -s -- --yes --source ~/torch_doctor-0.1.0-py3-none-any.whl --mirror {url}/simple",
            stdin=SCRIPT.read_text(),
        )
    assert done.returncode == 1
    assert "a downloaded file is not the expected one" in done.stderr
    assert debian12.listing() == before


def index_with_pip(tmp_path: Path) -> Path:
    folder = tmp_path / "wheels"
    folder.mkdir()
    files = [Path(shutil.copy(bundled_pip(), folder)), wheel(folder, "uv", "1.0", {"uv_stand_in.py": ""})]
    stand_in(folder, changed={"doctor/bootstrap/pinned/tools.txt": "".join(map(pinned_row, files))})
    return folder

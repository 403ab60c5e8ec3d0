"""What the program is made of: which lists there are, that they are whole, and that other files are refused."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from doctor.bootstrap import pinned_files
from scripts import refresh_bootstrap
from tests import surroundings
from tests.bootstrap.parts import bootstrap, pinned_row, stand_in, wheel

LISTS = refresh_bootstrap.wanted()


def rows(name: str) -> dict[str, Requirement]:
    """The requirements of a list by name, without their checksums."""
    lines = re.sub(r" \\\n +--hash=\S+", "", (refresh_bootstrap.PINNED / f"{name}.txt").read_text()).splitlines()
    found = [Requirement(line) for line in lines if not line.startswith("#")]
    return {canonicalize_name(one.name): one for one in found}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_of_what_the_project_asks_for_now(name: str) -> None:
    """Otherwise: python scripts/refresh_bootstrap.py --write."""
    text = (refresh_bootstrap.PINNED / f"{name}.txt").read_text()
    assert text.startswith(f"{refresh_bootstrap.HEAD}{', '.join(LISTS[name])}\n")
    pinned = rows(name)
    for asked in map(Requirement, LISTS[name]):
        version = str(pinned[canonicalize_name(asked.name)].specifier).removeprefix("==")
        assert asked.specifier.contains(version), asked


@pytest.mark.parametrize("name", LISTS)
def test_every_file_is_named_by_a_checksum_and_no_place(name: str) -> None:
    text = (refresh_bootstrap.PINNED / f"{name}.txt").read_text()
    for row in re.findall(r"^[a-z].*(?:\n +.*)*", text, re.MULTILINE):
        assert re.fullmatch(r"[\w.-]+==[\w.]+(?: ; [^\\]+)?(?: \\\n +--hash=sha256:[0-9a-f]{64})+", row), row
    assert "://" not in text


def test_nothing_is_missing_and_nothing_is_too_much() -> None:
    """What the packages installed here ask for, from the project's dependencies on."""
    wanted: set[str] = set()
    waiting = list(map(Requirement, LISTS["doctor"]))
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        for text in importlib.metadata.requires(name) or ():
            needed = Requirement(text)
            extras = [{"extra": extra} for extra in one.extras] or [{"extra": ""}]
            if not needed.marker or any(needed.marker.evaluate(extra) for extra in extras):
                waiting += [needed] if canonicalize_name(needed.name) not in wanted else []
        wanted.add(name)
    here = {name for name, row in rows("doctor").items() if not row.marker or row.marker.evaluate()}
    assert here == wanted


def test_what_both_lists_have_is_the_same() -> None:
    """They are installed into one environment."""
    doctor, build = rows("doctor"), rows("build")
    assert {name: row for name, row in build.items() if name in doctor and row != doctor[name]} == {}


def test_what_no_python_of_ours_needs_is_left_out() -> None:
    given = "".join(
        f"{name}==1.0{condition} \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n"
        for name, condition in {
            "always": "",
            "nearly": " ; sys_platform != 'emscripten'",
            "never": " ; python_version < '3.10'",
            "windows": " ; sys_platform == 'win32'",
        }.items()
    )
    kept = "".join(refresh_bootstrap._for_us(given))
    assert re.findall(r"^\w.*(?= \\$)", kept, re.MULTILINE) == [
        "always==1.0",
        "nearly==1.0",
        "windows==1.0 ; sys_platform == 'win32'",
    ]
    assert kept.count("--hash=") == 6


def test_pip_and_uv_of_the_list() -> None:
    for tool in ("pip", "uv"):
        assert re.fullmatch(r"[\d.]+", pinned_files.version_of(tool))
        assert len(pinned_files.checksums_of(tool)) >= 2


NEEDED = ("rich", "99.0", {"rich_stand_in.py": ""})
OTHERS = {"other bytes": ("rich", "99.0", {"rich_stand_in.py": "evil"}), "another version": ("rich", "98.0", {})}


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    for name in ("wheels", "right"):
        (tmp_path / name).mkdir()
    return tmp_path / "wheels"


@pytest.mark.skipif(sys.platform == "win32", reason="runs the script for sh")
def test_a_folder_of_wheels_needs_the_very_files(home: Path, wheels: Path, tmp_path: Path) -> None:
    """Other ones are refused, and it is said how to get the right ones."""
    right = wheel(tmp_path / "right", *NEEDED)
    stand_in(wheels, changed={"doctor/bootstrap/pinned/doctor.txt": pinned_row(right)})
    for other in OTHERS.values():
        file = wheel(wheels, *other)
        done = bootstrap("--check-only", "--offline", wheels, home=home)
        file.unlink()
        assert done.returncode == 1, done.stderr
        assert f"pip download --only-binary :all: -d {wheels}" in done.stderr
        assert not (home.parent / "asked").exists()
    shutil.copy(right, wheels)
    done = bootstrap("--check-only", "--offline", wheels, home=home)
    assert done.returncode == 0, done.stderr
    assert list(home.glob(".local/share/torch-doctor/doctor/lib/*/site-packages/rich_stand_in.py"))


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_uv_refuses_them_too(wheels: Path, tmp_path: Path, other: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    row = pinned_row(wheel(tmp_path / "right", *NEEDED))
    monkeypatch.setattr(pinned_files, "_text", lambda _: row)
    words = pinned_files.install_words(tmp_path, "doctor")
    argv = [
        surroundings.uv(),
        "pip",
        "install",
        "--target",
        str(tmp_path / "into"),
        "--no-index",
        "--find-links",
        "wheels",
    ]
    for given, code in ((other, 1), (NEEDED, 0)):
        for file in wheels.iterdir():
            file.unlink()
        wheel(wheels, *given)
        own = {**os.environ, "UV_CACHE_DIR": str(tmp_path / "cache")}  # another run's wheel had the same path
        done = subprocess.run([*argv, *words], cwd=tmp_path, env=own, capture_output=True, text=True, check=False)
        assert (done.returncode > 0) == bool(code), done.stderr

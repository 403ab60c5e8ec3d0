"""`torch-doctor lock` on an environment filled from a loopback index, by uv alone and by pip alone."""

from __future__ import annotations

import json
import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from doctor.cli import main
from doctor.match import Wish
from doctor.model import DoctorError, Exit
from doctor.setup.session import SetupRequest, carry_out, prepare
from tests.environments import install, linked_copy, package, python_of, site_packages, venv
from tests.setup.conftest import use_own_caches
from tests.setup.wheel_index import Index, pair, plain, serving
from tests.surroundings import only

pytestmark = pytest.mark.skipif(
    (sys.platform, platform.machine()) != ("linux", "x86_64"), reason="the wheels are for Linux x86_64"
)


@pytest.fixture(scope="module", params=["uv", "pip"], autouse=True)
def installer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with only(request.param, tmp_path_factory.mktemp("without")):
        yield request.param


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Wheels with a build tag, and one without: a lock pins that in another way."""
    with pytest.MonkeyPatch.context() as patch, serving(Index(pair() | plain("filelock", "3.20.0"))) as running:
        use_own_caches(tmp_path_factory.mktemp("caches"), patch)
        yield running


@pytest.fixture(scope="module")
def first(installer: str, index: Index, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment filled from the index, which has nothing else: so neither has the environment."""
    folder = tmp_path_factory.mktemp("locked") / "first"
    wish = Wish(accelerator="cpu", index_url=index.url)
    prepared = prepare(SetupRequest(folder=folder, python=sys.executable, wish=wish))
    assert prepared.installer.kind == installer
    carry_out(prepared, lambda _: None)
    install(python_of(folder), "--index-url", index.url, "filelock")
    for name in ("pip", "setuptools", "pkg_resources", "_distutils_hack"):
        for entry in site_packages(folder).glob(f"{name}*"):
            shutil.rmtree(entry)
    return folder


def lock(first: Path, index: Index, folder: Path, *more: str) -> int:
    return main(["lock", "--python", str(first), "-o", str(folder), "--index-url", index.url, *more])


@pytest.mark.heavy
def test_locked_and_made_again(tmp_path: Path, first: Path, index: Index, capfd: pytest.CaptureFixture[str]) -> None:
    assert lock(first, index, tmp_path) == 0
    assert "torch 2.15.0+cpu" in capfd.readouterr().out
    prepared = prepare(SetupRequest(folder=tmp_path / "second", lock=str(tmp_path)))
    carry_out(prepared, lambda _: None)
    assert main(["diff", str(tmp_path / "pylock.cpu.toml"), str(first)]) == 0
    assert main(["diff", str(tmp_path), str(first)]) == 0
    (tmp_path / "again").mkdir()
    assert lock(first, index, tmp_path / "again") == 0
    assert main(["diff", str(tmp_path), str(tmp_path / "again")]) == 0
    assert main(["diff", str(tmp_path / "pylock.cpu.toml"), str(tmp_path / "again" / "pylock.cpu.toml")]) == 0


@pytest.mark.heavy
def test_a_file_that_was_exchanged_at_the_source_is_refused(tmp_path: Path, first: Path, index: Index) -> None:
    assert lock(first, index, tmp_path) == 0
    sound, index.files = index.files, pair(size=1)
    try:
        prepared = prepare(SetupRequest(folder=tmp_path / "second", lock=str(tmp_path)))
        # neither the sound file in uv's cache nor the other one at the index
        with pytest.MonkeyPatch.context() as patch:
            use_own_caches(tmp_path / "empty", patch)
            with pytest.raises(DoctorError, match="nothing was left behind"):
                carry_out(prepared, lambda _: None)
    finally:
        index.files = sound
    assert not (tmp_path / "second").exists()


def test_the_document_and_a_dry_run(
    tmp_path: Path, first: Path, index: Index, capfd: pytest.CaptureFixture[str]
) -> None:
    assert lock(first, index, tmp_path, "--dry-run", "--format", "json") == 0
    document = json.loads(capfd.readouterr().out)
    assert (document["kind"], document["written"]) == ("lock", [])
    assert (document["build"]["name"], document["build"]["device"]) == ("cpu", "cpu")
    assert {d["name"] for d in document["downloads"]} == {"torch", "torchvision", "torchaudio", "filelock"}
    assert not list(tmp_path.glob("*.toml"))


def test_the_plan_of_a_lock_names_hosts_and_packages(
    tmp_path: Path, first: Path, index: Index, capfd: pytest.CaptureFixture[str]
) -> None:
    assert lock(first, index, tmp_path) == 0
    assert main(["setup", "--env", str(tmp_path / "second"), "--from", str(tmp_path), "--dry-run"]) == 0
    files = "filelock 3.20.0, torch 2.15.0+cpu, torchaudio 2.11.0+cpu, torchvision 0.29.2+cpu"
    assert f"Files of 127.0.0.1: {files}" in " ".join(capfd.readouterr().out.split())


def test_whether_an_environment_still_is_the_lock(
    tmp_path: Path, first: Path, index: Index, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = linked_copy(first, tmp_path / "copy").parent.parent
    assert lock(folder, index, tmp_path / "locks") == 0
    check = ["lock", "--check", "--python", str(folder), "-o", str(tmp_path / "locks")]
    index.asked.clear()
    assert main(check) == 0
    package(site_packages(folder), "pip", "26.0", {})
    mine = package(site_packages(folder), "mine", "1.0", {})
    (mine / "direct_url.json").write_text('{"url": "file:///src/mine", "dir_info": {"editable": true}}')
    assert main(check) == 0
    package(site_packages(folder), "six", "1.17.0", {})
    shutil.rmtree(next(site_packages(folder).glob("filelock-*.dist-info")))
    package(site_packages(folder), "Filelock", "3.21", {})
    capfd.readouterr()
    assert main(check) == 1
    told = capfd.readouterr().out
    assert "differ in 2 points" in told
    assert "  filelock: 3.20.0 → 3.21\n  six: not there → 1.17.0\n" in told
    assert main([*check, "--format", "json"]) == 1
    assert len(json.loads(capfd.readouterr().out)["differences"]) == 2
    assert index.asked == []


def test_a_check_without_a_lock_and_with_what_it_excludes(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["lock", "--check", "-o", str(tmp_path)]) == 2
    assert "write one with `torch-doctor lock`" in capfd.readouterr().err
    assert main(["lock", "--check", "--dry-run"]) == 2


def test_a_package_that_no_index_has_is_named(
    tmp_path: Path, first: Path, index: Index, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = linked_copy(first, tmp_path / "copy").parent.parent
    meta = package(site_packages(folder), "mine", "1.0", {"mine/__init__.py": ""})
    (meta / "direct_url.json").write_text('{"url": "file:///src/mine", "dir_info": {"editable": true}}')
    locks = tmp_path / "new" / "locks"
    assert lock(folder, index, locks) == 0
    assert "mine 1.0 is left out" in capfd.readouterr().out
    assert (locks / "doctor.lock.toml").is_file()


def test_an_environment_without_torch(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    venv(tmp_path / "env")
    assert main(["lock", "--python", str(tmp_path / "env"), "-o", str(tmp_path)]) == Exit.NOT_DONE
    assert "there is no torch to lock" in capfd.readouterr().err


def test_locks_go_into_a_folder_not_a_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "locks").touch()
    assert main(["lock", "-o", str(tmp_path / "locks")]) == 2
    assert "locks is a file" in capfd.readouterr().err

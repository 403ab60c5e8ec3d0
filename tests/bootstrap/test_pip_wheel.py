"""Where pip comes from, and the files of releases: compared with their SHA-256 before anything of them is run."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from doctor.bootstrap import pinned_files, pip_wheel, releases
from doctor.bootstrap.home import Home
from doctor.bootstrap.machine import look
from doctor.bootstrap.options import Options
from doctor.bootstrap.run import Run
from doctor.bootstrap.stop import Stop
from doctor.bootstrap.talk import Talk
from tests.bootstrap.parts import bundled_pip, index, pinned_row, wheel
from tests.bootstrap.test_without_python import served

VERSION = "{}.{}".format(*sys.version_info[:2])


def a_run(folder: Path, options: Options | None = None, **variables: str) -> Run:
    home, chosen = Home(folder / "home"), options or Options()
    machine = dataclasses.replace(look(home, {}), uv="", os="linux", arch="x86_64", libc="glibc")
    return Run(chosen, home, machine, {"PATH": "/usr/bin:/bin", **variables}, Talk(chosen, {}))


def test_a_wheel_of_pip_runs_as_it_is() -> None:
    argv = [sys.executable, "-I", "-c", pip_wheel.RUN_PIP, str(bundled_pip()), "--version"]
    assert subprocess.run(argv, capture_output=True, text=True, check=False).stdout.startswith("pip ")


def pin(wheel_of_pip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = pinned_row(wheel_of_pip)
    monkeypatch.setattr(pinned_files, "_text", lambda _: row)


def test_of_a_folder_only_the_wheel_that_is_pinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("9.0", "24.2", "24.10"):
        wheel(tmp_path, "pip", version, {})
    run = a_run(tmp_path, Options(offline=str(tmp_path)))
    assert tmp_path not in {path.parent for path in pip_wheel._wheels_here(run)}
    pin(wheel(tmp_path, "pip", "24.10", {"a.py": ""}), monkeypatch)
    assert tmp_path / "pip-24.10-py3-none-any.whl" in pip_wheel._wheels_here(run)
    wheel(tmp_path, "pip", "24.10", {"a.py": "other"})
    assert tmp_path not in {path.parent for path in pip_wheel._wheels_here(run)}


def test_pip_of_an_index_is_the_one_that_is_pinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served_here = tmp_path / "wheels"
    served_here.mkdir()
    for version in ("24.2", "26.0", "25.0"):
        pin(wheel(served_here, "pip", version, {}), monkeypatch)
    with index(served_here) as url:
        found = pip_wheel._from_index(a_run(tmp_path, PIP_INDEX_URL=f"{url}/simple"))
    assert found and found.name == "pip-25.0-py3-none-any.whl"


def test_other_bytes_than_are_pinned_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the index tells their checksum."""
    (tmp_path / "wheels").mkdir()
    pin(wheel(tmp_path / "wheels", "pip", "25.0", {}), monkeypatch)
    with index(tmp_path / "wheels", "wrong_bytes") as url, pytest.raises(Stop, match="not the expected one"):
        pip_wheel._from_index(a_run(tmp_path, PIP_INDEX_URL=f"{url}/simple"))


@pytest.mark.parametrize("fault", ["gone", "web_page", "cut"])
def test_an_index_without_pip_is_passed_over(tmp_path: Path, fault: str) -> None:
    (tmp_path / "wheels").mkdir()
    with index(tmp_path / "wheels", fault) as url:
        assert pip_wheel._from_index(a_run(tmp_path, PIP_INDEX_URL=f"{url}/simple")) is None


def test_a_page_in_json(tmp_path: Path) -> None:
    files = [{"url": "https://files.example/pip-25.0-py3-none-any.whl", "hashes": {"sha256": "ab"}}]
    (tmp_path / "page").write_text(json.dumps({"files": files}))
    with served(tmp_path / "page", "") as url:
        assert pip_wheel._links(url) == ["https://files.example/pip-25.0-py3-none-any.whl"]


def packed(folder: Path, kind: str) -> Path:
    file = folder / f"uv.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("uv.exe", "the program")
    else:
        with tarfile.open(file, "w:gz") as archive:
            member = tarfile.TarInfo("uv-x86_64-unknown-linux-gnu/uv")
            member.size = len(b"the program")
            archive.addfile(member, io.BytesIO(b"the program"))
    return file


@pytest.mark.skipif(sys.platform == "win32", reason="another file there")
def test_uv_of_its_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = packed(tmp_path, "tar.gz")
    right = hashlib.sha256(file.read_bytes()).hexdigest()
    with served(file, "") as url:
        run = a_run(tmp_path, TORCH_DOCTOR_RELEASES=url)
        with pytest.raises(Stop, match="wrong checksum"):
            releases.get_uv(run)
        assert not list(run.home.work.glob("uv*")), "what is not the right file is not kept"
        monkeypatch.setitem(releases.CHECKSUMS, "uv-x86_64-unknown-linux-gnu.tar.gz", right)
        found = Path(releases.get_uv(run))
    assert found.read_text() == "the program"
    assert found.stat().st_mode & 0o111
    assert releases.get_uv(run) == str(found), "without another download"


def test_windows_program_in_a_zip(tmp_path: Path) -> None:
    assert releases._member(packed(tmp_path, "zip"), "uv.exe") == b"the program"


@pytest.mark.parametrize("fault", ["gone", "cut", "stalled"])
def test_a_release_that_cannot_be_fetched(tmp_path: Path, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releases, "_STALL_S", 0.5)
    with served(packed(tmp_path, "zip"), fault) as url, pytest.raises(Stop, match="could not be fetched") as stopped:
        releases.fetch(a_run(tmp_path, TORCH_DOCTOR_RELEASES=url), "astral-sh/uv", "1", _any_file(), "do it yourself")
    assert "do it yourself" in stopped.value.next_step
    assert "TORCH_DOCTOR_RELEASES" in stopped.value.next_step


@pytest.mark.skipif(sys.platform == "win32", reason="apt")
def test_where_nothing_has_pip_debian_users_are_told_their_package(tmp_path: Path) -> None:
    (tmp_path / "apt-get").touch(0o755)
    with served(tmp_path / "apt-get", "gone") as url:
        run = a_run(tmp_path, PATH=str(tmp_path), TORCH_DOCTOR_RELEASES=url)
        own = dataclasses.replace(run, machine=dataclasses.replace(run.machine, python="/usr/bin/python3"))
        for asked, said in ((run, "install pip or uv yourself"), (own, f"sudo apt install python{VERSION}-venv, ")):
            with pytest.raises(Stop) as stopped:
                releases.get_uv(asked)
            assert stopped.value.next_step.startswith(said)


def _any_file() -> str:
    return next(iter(releases.CHECKSUMS))


UV_THERE = "/opt/uv/uv"
PLAIN = {"PIP_CONFIG_FILE": os.devnull}


def with_uv(folder: Path, options: Options | None = None, **variables: str) -> Run:
    run = a_run(folder, options, **variables)
    return dataclasses.replace(run, machine=dataclasses.replace(run.machine, uv=UV_THERE))


def test_a_uv_that_is_there_is_quicker_than_pip(tmp_path: Path) -> None:
    found = pip_wheel.quick(with_uv(tmp_path, **PLAIN), tmp_path / "python")
    assert found and found.install("x")[:3] == (UV_THERE, "pip", "install")
    mirror = dict.fromkeys(("PIP_INDEX_URL", "UV_DEFAULT_INDEX"), "https://a.example/simple")
    assert pip_wheel.quick(with_uv(tmp_path, **PLAIN, **mirror), tmp_path / "python")


@pytest.mark.parametrize(
    ("options", "variables"),
    [
        (Options(mirror="auto"), PLAIN),
        (Options(offline="/wheels"), PLAIN),
        (Options(), {**PLAIN, "PIP_INDEX_URL": "https://a.example/simple"}),
        (Options(), {**PLAIN, "PIP_PROXY": "http://a.example:3128"}),
    ],
)
def test_what_only_pip_knows_of_is_pip_s(tmp_path: Path, options: Options, variables: dict[str, str]) -> None:
    assert pip_wheel.quick(with_uv(tmp_path, options, **variables), tmp_path / "python") is None


def test_an_index_in_pip_s_files_is_pip_s(tmp_path: Path) -> None:
    (tmp_path / "pip.conf").write_text("[global]\nindex-url = https://a.example/simple\n")
    run = with_uv(tmp_path, PIP_CONFIG_FILE=str(tmp_path / "pip.conf"))
    assert pip_wheel.quick(run, tmp_path / "python") is None


def test_without_a_uv_it_is_pip_s(tmp_path: Path) -> None:
    assert pip_wheel.quick(a_run(tmp_path, **PLAIN), tmp_path / "python") is None

"""Environments really made, from a loopback index with small wheels: sound ones, and every fault refused."""

from __future__ import annotations

import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from doctor.match import Wish
from doctor.model import DoctorError, Exit
from doctor.probes import _windows
from doctor.setup import environment
from doctor.setup.model import Doing, Transfer, quietly
from doctor.setup.session import Prepared, SetupRequest, carry_out, prepare
from tests.environments import venv
from tests.setup.wheel_index import TORCH, VISION, Index, pair, serving
from tests.surroundings import small_file_system

pytestmark = pytest.mark.skipif(
    (sys.platform, platform.machine()) != ("linux", "x86_64"), reason="the wheels are for Linux x86_64"
)


def request(folder: Path, index: Index, **more: object) -> SetupRequest:
    wish = Wish(accelerator="cpu", index_url=index.url)
    return SetupRequest(folder=folder, python=sys.executable, wish=wish, **more)  # type: ignore[arg-type]


def made(folder: Path, index: Index, doing: Doing = quietly) -> Prepared:
    prepared = prepare(request(folder, index), doing)
    assert index.fault or not index.wheel_asked.is_set()  # nothing is fetched before its size has been said
    carry_out(prepared, lambda _: None, doing)
    return prepared


def version_in(python: str, name: str) -> str:
    code = f"import {name}; print({name}.__version__)"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.heavy
def test_a_sound_index(tmp_path: Path, index: Index, installer: str) -> None:
    told: list[str | Transfer] = []
    prepared = made(tmp_path / "env", index, told.append)
    assert prepared.installer.kind == installer
    assert prepared.plan.known_bytes == sum(len(body) for body in index.files.values())
    assert version_in(prepared.python, "torch") == TORCH
    assert version_in(prepared.python, "torchvision") == VISION
    pinned = (tmp_path / "env" / "torch-doctor-requirements.txt").read_text().splitlines()
    assert [line.split()[0] for line in pinned] == [
        f"torch=={TORCH}",
        "torchaudio==2.11.0+cpu",
        f"torchvision=={VISION}",
    ]
    assert all("--hash=sha256:" in line for line in pinned)
    assert not (tmp_path / "env" / environment.MARK).exists()
    assert version_in(prepared.python, "pip")
    assert list(dict.fromkeys(step for step in told if isinstance(step, str))) == [
        "looking for torch at 127.0.0.1",
        f"asking {installer} for the files of 3 packages and what they need",
        "asking for the sizes of 3 files",
        "asking how much room the packages take",
        "making the environment",
        "downloading and installing 3 packages",
        "installing 3 packages",
        "adding pip",
    ]


@pytest.mark.heavy
def test_a_plan_fetches_no_wheel_whole_though_the_index_lists_no_metadata(
    tmp_path: Path, own_caches: None, installer: str
) -> None:
    """As some mirrors do not: then what a wheel needs is read from the end of it."""
    with serving(Index(pair(size=3_000_000, packed=False))) as index:
        index.lists_metadata = False
        plan = prepare(request(tmp_path / "env", index)).plan
        assert plan.known_bytes > 9_000_000
        assert index.sent_bytes < 300_000


def test_the_named_index_counts_whatever_the_usual_one_is(
    tmp_path: Path, index: Index, installer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:1/simple")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:1/simple")
    assert len(prepare(request(tmp_path / "env", index)).downloads) == 3


def test_an_index_that_tells_no_hashes(tmp_path: Path, index: Index, installer: str) -> None:
    """uv works them out; pip installs without."""
    index.fault = "no hash"
    prepared = prepare(request(tmp_path / "env", index))
    assert all(bool(d.sha256) is (installer == "uv") for d in prepared.downloads)
    assert ("--require-hashes" in prepared.plan.commands[-1]) is (installer == "uv")


def test_paths_that_windows_does_not_allow_are_told_before_anything_is_fetched(
    tmp_path: Path, index: Index, installer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pip is refused the folder; uv writes such paths."""
    monkeypatch.setattr(_windows, "key_values", lambda _: {"LongPathsEnabled": 0})
    folder = tmp_path / ("e" * 120)
    if installer == "uv":
        assert any("longer than the 259 characters" in note for note in prepare(request(folder, index)).plan.notes)
        return
    with pytest.raises(DoctorError, match="too long") as error:
        prepare(request(folder, index))
    assert error.value.exit_code is Exit.NOT_DONE
    assert not index.wheel_asked.is_set() and not folder.exists()


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("html", "without a single wheel"),
        ("403", "HTTP 403"),
        ("404", "HTTP 404"),
        ("type", "application/pdf, which is no package index"),
    ],
)
def test_an_index_that_is_none_is_refused(tmp_path: Path, index: Index, fault: str, reason: str) -> None:
    index.fault = fault
    with pytest.raises(DoctorError) as error:
        prepare(request(tmp_path / "new" / "env", index))
    assert reason in error.value.context
    assert error.value.exit_code is Exit.NOT_DONE
    assert not any("/files/" in path for path in index.asked)
    assert not (tmp_path / "new").exists()


@pytest.mark.heavy
@pytest.mark.parametrize("fault", ["hash", "truncated"])
def test_a_wrong_file_leaves_nothing(
    tmp_path: Path, index: Index, fault: str, installer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    monkeypatch.setenv("PIP_RETRIES", "0")
    index.fault = fault
    with pytest.raises(DoctorError) as error:
        made(tmp_path / "new" / "env", index)
    assert error.value.exit_code is Exit.NOT_DONE
    assert error.value.context
    assert not (tmp_path / "new").exists()


def test_a_half_pair_is_refused(tmp_path: Path, own_caches: None) -> None:
    files = {name: body for name, body in pair().items() if not name.startswith("torchvision")}
    files |= {n: b for n, b in pair(vision="0.29.1+cpu").items() if n.startswith("torchvision")}
    with serving(Index(files)) as index, pytest.raises(DoctorError) as error:
        prepare(request(tmp_path / "env", index))
    assert error.value.context == "has no torchvision 0.29.2+cpu for this machine"


def test_an_existing_environment_is_said_to_be_changed_and_outlives_a_failure(
    tmp_path: Path, index: Index, installer: str
) -> None:
    venv(tmp_path / "env")
    index.fault = "hash"
    prepared = prepare(request(tmp_path / "env", index))
    assert prepared.plan.state == "existing"
    assert "This environment exists" in prepared.plan.notes[0]
    with pytest.raises(DoctorError, match="partly changed") as error:
        carry_out(prepared, lambda _: None)
    assert error.value.message.startswith("the installation failed: a downloaded file is not the expected one; ")
    assert "try another source with --index-url" in error.value.hint
    assert (tmp_path / "env" / "pyvenv.cfg").exists()


@pytest.mark.heavy
def test_the_wheels_of_a_folder(tmp_path: Path, own_caches: None, installer: str) -> None:
    folder = tmp_path / "wheels"
    folder.mkdir()
    for name, body in (pair() | pair(torch="2.14.0+cpu", vision="0.28.0+cpu")).items():
        (folder / name).write_bytes(body)
    asked = SetupRequest(
        folder=tmp_path / "env", python=sys.executable, offline=str(folder), wish=Wish(accelerator="cpu")
    )
    prepared = prepare(asked)
    assert "torch==2.15.0+cpu" in prepared.plan.packages
    carry_out(prepared, lambda _: None)
    assert version_in(prepared.python, "torchvision") == VISION


def test_a_folder_without_the_companion(tmp_path: Path, own_caches: None) -> None:
    for name, body in pair().items():
        if not name.startswith("torchvision"):
            (tmp_path / name).write_bytes(body)
    with pytest.raises(DoctorError) as error:
        prepare(SetupRequest(folder=tmp_path / "env", python=sys.executable, offline=str(tmp_path)))
    assert "torchvision 0.29.2+cpu, which belongs to it, is missing" in error.value.context


def test_too_little_space_is_said_before_anything_is_made(
    tmp_path: Path, index: Index, installer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=10)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(DoctorError, match="not enough space") as error:
        prepare(request(tmp_path / "env", index))
    assert (error.value.context.partition(",")[0], error.value.exit_code) == ("10 B free", Exit.NOT_DONE)


@pytest.mark.heavy
def test_a_full_disk(tmp_path: Path, own_caches: None, installer: str) -> None:
    with small_file_system(tmp_path / "small", "50m") as small, serving(Index(pair(size=40_000_000))) as index:
        prepared = prepare(request(small / "env", index))
        with pytest.raises(DoctorError) as error:
            carry_out(prepared, lambda _: None)
        assert "No space left" in error.value.context
        assert list(small.iterdir()) == []


def test_a_python_that_is_not_here(tmp_path: Path, installer: str) -> None:
    """uv could fetch it, if a torch were made for it; without uv somebody has to."""
    said = {"uv": "nothing fits", "pip": "there is no Python 3.99 here"}[installer]
    with pytest.raises(DoctorError, match=said):
        prepare(SetupRequest(folder=tmp_path / "env", python="3.99"))


def start(folder: Path, index: Index) -> subprocess.Popen[bytes]:
    words = ("setup", "--env", str(folder), "--python", sys.executable, "--accelerator", "cpu", "--yes")
    return subprocess.Popen([sys.executable, "-m", "doctor", *words, "--index-url", index.url], start_new_session=True)


def await_gone(folder: Path) -> None:
    end = time.monotonic() + 20
    while folder.exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert not folder.exists()


@pytest.mark.heavy
def test_a_setup_that_is_ended_takes_back_what_it_made(tmp_path: Path, index: Index, installer: str) -> None:
    index.gate.clear()
    child = start(tmp_path / "new" / "env", index)
    assert index.wheel_asked.wait(200)  # a venv takes a minute on a busy machine
    child.send_signal(signal.SIGTERM)
    assert child.wait(60) == 143
    await_gone(tmp_path / "new")


@pytest.mark.heavy
def test_a_setup_that_is_killed_is_completed_by_the_next(tmp_path: Path, index: Index, installer: str) -> None:
    folder = tmp_path / "env"
    index.gate.clear()
    child = start(folder, index)
    assert index.wheel_asked.wait(200)  # a venv takes a minute on a busy machine
    with pytest.raises(DoctorError, match="is being set up"):
        environment.clear(folder)
    child.kill()
    child.wait(60)
    index.gate.set()
    prepared = prepare(request(folder, index))
    assert prepared.plan.state == "half-made"
    carry_out(prepared, lambda _: None)
    assert version_in(prepared.python, "torch") == TORCH
    assert not (folder / environment.MARK).exists()


def test_of_two_setups_in_one_folder_the_second_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "env"
    with environment.creating(folder):
        with pytest.raises(DoctorError, match="is being set up"), environment.creating(folder):
            pytest.fail("not to be reached")
        (folder / "kept").write_text("")
    assert [entry.name for entry in folder.iterdir()] == ["kept"]


AT_WORK = """
import sys
from pathlib import Path
from doctor.setup import environment
from doctor.setup.model import Transfer
with environment.creating(Path(sys.argv[1])):
    (Path(sys.argv[1]) / "part").touch()
    print("at work", flush=True)
    sys.stdin.read()
"""


def test_the_process_at_work_is_named_and_one_that_dies_leaves_a_folder_that_can_be_cleared(tmp_path: Path) -> None:
    folder = tmp_path / "env"
    argv = [sys.executable, "-c", AT_WORK, str(folder)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout and child.stdout.readline().strip() == b"at work"
        with pytest.raises(DoctorError, match="is being set up") as refused, environment.creating(folder):
            pytest.fail("not to be reached")
        child.kill()
    assert f"process {child.pid} " in refused.value.context
    assert (folder / "part").exists()
    assert environment.folder_state(folder) == "half-made"
    environment.clear(folder)
    assert [entry.name for entry in folder.iterdir()] == [environment.MARK]
    with environment.creating(folder):
        pass
    assert list(folder.iterdir()) == []


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("")
    with pytest.raises(DoctorError, match="neither empty nor a virtual environment"):
        environment.folder_state(tmp_path)
    assert os.listdir(tmp_path) == ["thesis.tex"]


@pytest.mark.parametrize("place", ["/proc/env", "/dev/null", "/dev/null/env"])
def test_a_place_where_nothing_can_be_made(place: str) -> None:
    with pytest.raises(DoctorError):
        environment.folder_state(Path(place))
        with environment.creating(Path(place)):
            pytest.fail("not to be reached")

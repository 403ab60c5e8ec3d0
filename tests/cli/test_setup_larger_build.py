"""`torch-doctor setup` where the CPU build is out of reach: PyPI's CUDA build is asked for, never taken silently."""

from __future__ import annotations

import io
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from doctor.cli import main
from doctor.match import Machine, Wish, match
from doctor.model import Exit
from doctor.setup import session, sources
from tests.setup.conftest import use_own_caches
from tests.setup.wheel_index import Index, plain, serving

pytestmark = pytest.mark.skipif(
    (sys.platform, platform.machine()) != ("linux", "x86_64"), reason="the wheels are for Linux x86_64"
)
NOBODY = "http://127.0.0.1:1/whl"  # where no server answers


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    """The default index of both installers, with PyPI's build; no mirror is known, and this machine has no GPU."""
    use_own_caches(tmp_path, monkeypatch)
    monkeypatch.setattr(sources, "offered", lambda _: ())
    looked = session.this_machine
    monkeypatch.setattr(session, "this_machine", lambda *words, **more: _without_gpu(looked(*words, **more)))
    machine = _without_gpu(looked(sys.executable))
    *_, pypi = sources.candidates(match(machine, Wish()), machine, Wish())
    files = [plain(*line.split("==")) for line in pypi.requirements]
    with serving(Index(dict(item for one in files for item in one.items()))) as running:
        monkeypatch.setenv("UV_DEFAULT_INDEX", running.url)
        monkeypatch.setenv("PIP_INDEX_URL", running.url)
        yield running


def _without_gpu(machine: Machine) -> Machine:
    return msgspec.structs.replace(machine, devices=(), driver="")


def words(folder: Path, *more: str) -> list[str]:
    return ["setup", "--env", str(folder), "--python", sys.executable, "--index-url", NOBODY, *more]


class Keyboard(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_yes_alone_does_not_agree_to_it(tmp_path: Path, index: Index, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(words(tmp_path / "env", "--yes")) == Exit.NOT_DONE
    told = capfd.readouterr()
    shown = " ".join(told.out.split())
    assert f"The CPU build (0.2 GB) is out of reach: the index of --index-url ({NOBODY}/cpu) cannot be reached" in shown
    assert "PyPI's CUDA build works as well: 3 kB to download, 8 kB on disk." in shown
    assert "nobody agreed to the CUDA build [setup-larger-build]" in told.err
    assert f"`torch-doctor setup --env {tmp_path}/env" in told.err
    assert "--yes --allow-larger-build` takes" in told.err
    assert not index.wheel_asked.is_set()
    assert not (tmp_path / "env").exists()


def test_nobody_to_ask_does_not_agree_to_it(tmp_path: Path, index: Index, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(words(tmp_path / "env")) == Exit.NOT_DONE
    assert "[setup-larger-build]" in capfd.readouterr().err


def test_a_person_is_asked_about_it(
    tmp_path: Path, index: Index, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Keyboard("n\n"))
    assert main(words(tmp_path / "env")) == Exit.NOT_DONE
    assert "3 kB will be downloaded. Go on with the CUDA build? [y/N]" in capfd.readouterr().err
    assert not index.wheel_asked.is_set()


def test_the_plan_of_a_dry_run_says_it(tmp_path: Path, index: Index, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(words(tmp_path / "env", "--dry-run", "--format", "json")) == 0
    told = capfd.readouterr()
    plan = msgspec.json.decode(told.out)["plan"]
    assert plan["instead_of"]["name"] == f"the index of --index-url ({NOBODY}/cpu)"
    assert "The CPU build (0.2 GB) is out of reach" in told.err


@pytest.mark.heavy
@pytest.mark.parametrize("more", [("--yes", "--allow-larger-build"), ()], ids=["option", "answer"])
def test_who_agrees_gets_it(
    tmp_path: Path,
    index: Index,
    installer: str,
    more: tuple[str, ...],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", Keyboard("y\n"))
    assert main(words(tmp_path / "env", *more)) == Exit.PROBLEMS  # the torch of this index is an empty module
    assert "was created, but the check found problems in it" in capfd.readouterr().out
    assert index.wheel_asked.is_set()


def test_who_asks_for_cuda_is_not_asked_again(tmp_path: Path, index: Index, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(words(tmp_path / "env", "--accelerator", "cuda", "--dry-run", "--format", "json")) == 0
    assert msgspec.json.decode(capfd.readouterr().out)["plan"]["instead_of"] is None

"""`torch-doctor setup` as a user starts it: wrong usage, plans, and the real thing from PyPI."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from doctor.cli import main
from doctor.cli.setup import _request, configure
from tests.setup.conftest import use_own_caches
from tests.setup.wheel_index import TAG, TORCH, Index, pair, serving

LINUX = pytest.mark.skipif((sys.platform, platform.machine()) != ("linux", "x86_64"), reason="wheels for Linux x86_64")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    use_own_caches(tmp_path, monkeypatch)
    with serving(Index(pair())) as running:
        yield running


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--env", "x", "--conda", "y"), "--env and --conda exclude each other"),
        (("--from", "x", "--torch", "2.9"), "--from and --torch exclude each other"),
        (("--from", "x", "--index-url", "https://example.com"), "--from and --index-url exclude each other"),
        (("--offline", "x", "--index-url", "https://example.com"), "--offline and --index-url exclude each other"),
        (("--torch", "banana"), "expected versions such as"),
        (("--accelerator", "gpu"), "expected one of cuda"),
        (("--index-url", "ftp://example.com"), "expected a URL"),
        (("--env", ""), "--env is empty"),
        (("--from", "/nonexistent/pylock.toml"), "cannot read"),
        (("--offline", "/nonexistent"), "--offline needs a folder of wheels"),
        (("--requirements", "x", "--from", "y"), "--from and --requirements exclude each other"),
        (("--requirements", "x", "--conda", "y"), "--conda and --requirements exclude each other"),
        (("--requirements", "/nonexistent.txt"), f"cannot read {Path('/nonexistent.txt')}"),
    ],
)
def test_wrong_usage(words: tuple[str, ...], said: str, tmp_path: Path, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    assert main(["setup", *words, "--dry-run"]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@LINUX
def test_the_plan(tmp_path: Path, index: Index, installer: str, capfd: pytest.CaptureFixture[str]) -> None:
    words = ("--env", str(tmp_path / "env"), "--python", sys.executable, "--accelerator", "cpu")
    assert main(["setup", *words, "--index-url", index.url, "--dry-run", "--format", "json"]) == 0
    document = json.loads(capfd.readouterr().out)
    assert (document["schema_version"], document["kind"], document["done"]) == (1, "setup", False)
    plan = document["plan"]
    assert plan["packages"] == ["torch==2.15.0+cpu", "torchvision==0.29.2+cpu", "torchaudio==2.11.0+cpu"]
    assert [d["name"] for d in plan["downloads"]] == ["torch", "torchaudio", "torchvision"]
    word = "--default-index" if installer == "uv" else "--index-url"
    assert plan["commands"][-1][-2:] == [word, index.url]
    assert ("uv" in Path(plan["commands"][-1][0]).name) is (installer == "uv")
    assert not (tmp_path / "env").exists()


@LINUX
@pytest.mark.parametrize("form", ["text", "json"])
def test_the_password_of_an_index_is_in_no_plan(
    tmp_path: Path, index: Index, form: str, capfd: pytest.CaptureFixture[str]
) -> None:
    url = index.url.replace("://", "://ada:s3cret@")
    words = ("--env", str(tmp_path / "env"), "--accelerator", "cpu", "--index-url", url)
    assert main(["setup", *words, "--dry-run", "--format", form]) == 0
    told = capfd.readouterr()
    assert index.url in told.out
    assert "s3cret" not in told.out + told.err


@LINUX
@pytest.mark.parametrize(
    "settings", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]
)
def test_a_terminal_with_ascii_alone(
    tmp_path: Path, index: Index, installer: str, settings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The installers speak UTF-8 with us whatever we are to speak ourselves."""
    words = ("--env", str(tmp_path / "env"), "--accelerator", "cpu", "--index-url", index.url, "--dry-run")
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    done = subprocess.run([sys.executable, "-m", "doctor", "setup", *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert f"torch {TORCH.partition('+')[0]} (cpu)" in done.stdout
    assert done.stdout.isascii()


@LINUX
def test_nobody_to_ask(tmp_path: Path, index: Index, capfd: pytest.CaptureFixture[str]) -> None:
    words = ("--env", str(tmp_path / "env"), "--python", sys.executable, "--accelerator", "cpu")
    assert main(["setup", *words, "--index-url", index.url]) == 2
    told = capfd.readouterr()
    assert "torch 2.15.0 (cpu), 3 packages, 3 kB to download, 9 kB on disk" in told.out
    assert "add --yes" in told.err
    assert not index.wheel_asked.is_set()
    assert not (tmp_path / "env").exists()


@LINUX
@pytest.mark.heavy
def test_an_environment_that_does_not_prove_itself_is_told(tmp_path: Path, index: Index, installer: str) -> None:
    """The torch of the index is an empty module: it is installed, and the check says what it is worth."""
    argv = [sys.executable, "-m", "doctor", "setup", "--env", str(tmp_path / "env"), "--python", sys.executable]
    done = subprocess.run(
        [*argv, "--accelerator", "cpu", "--index-url", index.url, "--yes"], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "was created, but the check found problems in it" in done.stdout
    assert (tmp_path / "env" / "lib" / f"python3.{TAG[3:]}" / "site-packages" / "torch").is_dir()


def test_a_request_has_what_was_asked_for() -> None:
    import argparse

    parser = argparse.ArgumentParser()
    configure(parser)
    request = _request(parser.parse_args(["--torch", ">=2.4,<2.7", "--accelerator", "cuda", "--python", "3.12"]))
    assert (request.folder, request.python, request.wish.torch) == (Path(".venv"), "3.12", ">=2.4,<2.7")


@pytest.mark.heavy
@pytest.mark.parametrize("installer", ["uv"], indirect=True)  # whose cache spares the second download of gigabytes
def test_the_real_thing(
    tmp_path: Path, installer: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made and proved; locked; made again from the lock; the two are identical."""
    first, second, locks = tmp_path / "first", tmp_path / "second", tmp_path / "locks"
    locks.mkdir()
    monkeypatch.setattr("doctor.smoke.all_recipes", lambda _: ("03_autograd",))
    words = ("--python", sys.executable, "--yes", "--format", "json")
    assert main(["setup", "--env", str(first), "--allow-larger-build", *words]) == 0
    document = json.loads(capfd.readouterr().out)
    assert (document["healthy"], document["recipes"]["passed"]) == (True, True)
    assert main(["lock", "--python", str(first), "-o", str(locks)]) == 0
    assert main(["setup", "--env", str(second), "--from", str(locks), *words[2:]]) == 0
    capfd.readouterr()
    assert main(["diff", str(first), str(second)]) == 0

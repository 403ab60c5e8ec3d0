"""`torch-doctor fix` as a user starts it."""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from doctor.cli import main
from doctor.files.journal import default_journal
from doctor.model import Exit
from tests.environments import ITS_NEIGHBOUR, lend_pip, linked_copy, package, site_packages, venv
from tests.fix.wheels import wheel
from tests.setup.conftest import use_own_caches
from tests.setup.wheel_index import Index, plain, serving

UNMET = "unmet-requirements"
LINUX = pytest.mark.skipif((sys.platform, platform.machine()) != ("linux", "x86_64"), reason="wheels for Linux x86_64")


@pytest.fixture(autouse=True)
def own_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def unmet(folder: Path) -> Path:
    """An environment whose packages do not fit each other."""
    venv(folder)
    files = {"torch/__init__.py": "", "torch/version.py": "__version__ = '2.7.1'"}
    package(site_packages(folder), "torch", "2.7.1", files, ("filelock>=3",))
    return folder


def test_the_plan(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = unmet(tmp_path / "env")
    assert main(["fix", UNMET, "--python", str(folder), "--dry-run", "--format", "json"]) == 1
    document = json.loads(capfd.readouterr().out)
    assert (document["kind"], document["outcomes"], document["healthy"]) == ("fix", [], False)
    steps = [*document["plan"]["steps"], *document["plan"]["manual"]]
    assert {step["rule"] for step in steps} == {UNMET}
    words = [word for step in steps for argv in step["remedy"].get("commands", ()) for word in argv]
    assert words and all(isinstance(word, str) for word in words)


def test_nobody_to_ask(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = unmet(tmp_path / "env")
    assert main(["fix", UNMET, "--python", str(folder)]) == 2
    told = capfd.readouterr()
    assert "Steps:" in told.out
    assert "add --yes" in told.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("no-such-rule",), "no rule of that name"),
        (("--undo", "last", UNMET), "--undo accepts neither a rule"),
        (("--timeout", "0"), "above 0"),
        (("--python", "/nonexistent/python"), str(Path("nonexistent/python"))),
    ],
)
def test_wrong_usage(words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", *words]) == 2
    assert said in capsys.readouterr().err


def test_undo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "pip.conf"
    file.write_bytes(b"[global]\r\nindex-url = x\n")
    default_journal().write(file, b"[global]\n", "a remedy")
    assert main(["fix", "--undo"]) == 0
    assert str(file) in capsys.readouterr().out
    assert file.read_bytes() == b"[global]\r\nindex-url = x\n"
    assert main(["fix", "--undo"]) == Exit.NOT_DONE


def test_undo_leaves_alone_what_was_changed_since(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "pip.conf"
    file.write_bytes(b"old")
    default_journal().write(file, b"new", "a remedy")
    file.write_bytes(b"edited by hand")
    assert main(["fix", "--undo"]) == Exit.NOT_DONE
    assert "has been changed since" in capsys.readouterr().err
    assert file.read_bytes() == b"edited by hand"


@LINUX
def test_what_is_missing_is_installed(
    tmp_path: Path, installer: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """By uv into an environment without pip; by the environment's own pip where there is no uv."""
    use_own_caches(tmp_path, monkeypatch)
    folder = unmet(tmp_path / "env")
    if installer == "pip":
        lend_pip(folder)
    with serving(Index(plain("filelock", "3.20.0"))) as index:
        monkeypatch.setenv("PIP_INDEX_URL", index.url)
        monkeypatch.setenv("UV_DEFAULT_INDEX", index.url)
        main(["fix", UNMET, "--python", str(folder), "--yes"])  # the torch in there is an empty package, for good
    assert f"{UNMET}: mended" in capfd.readouterr().out
    assert (site_packages(folder) / "filelock").is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="pip's file lies elsewhere there")
def test_a_configuration_file_is_mended_and_brought_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".config" / "pip" / "pip.conf"
    file.parent.mkdir(parents=True)
    original = b"[global]\r\n# of the company\ntrusted-host = mirror.example.com\n"
    file.write_bytes(original)
    for name in ("XDG_CONFIG_HOME", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    main(["fix", "insecure-package-source", "--python", sys.executable, "--yes"])
    assert "insecure-package-source: mended" in capsys.readouterr().out
    assert b"trusted-host" not in file.read_bytes()
    assert main(["fix", "--undo"]) == 0
    assert file.read_bytes() == original


VERSION = "__version__ = {version!r}\n"
CPU_VISION = {
    "ops": "import torch\ndef nms(boxes, scores, iou_threshold):\n    return torch.argsort(scores, descending=True)\n",
    "io": "",
}


def pytorch_index(folder: Path) -> str:
    """A stand-in for the PyTorch index: the torchvision that belongs to the CPU torch, which PyPI does not have."""
    page = folder / "cpu" / "torchvision" / "index.html"
    file = wheel(page.parent, "torchvision", f"{ITS_NEIGHBOUR}+cpu", VERSION, script=False, modules=CPU_VISION)
    page.write_text(f'<!doctype html><a href="{quote(file.name)}">{file.name}</a>')
    return folder.as_uri()


@pytest.mark.heavy
@pytest.mark.timeout(900)
def test_the_broken_pair_is_mended(
    tmp_path: Path, broken_pair_python: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By uv, whose cache has gigabytes unpacked: that pip mends as well is shown with a small package."""
    monkeypatch.setattr("doctor.remedy.place.WHEELS", pytorch_index(tmp_path / "whl"))
    python = linked_copy(broken_pair_python.parent.parent, tmp_path / "env")
    for part in site_packages(tmp_path / "env").glob("pip*"):
        shutil.rmtree(part)
    assert main(["check", "--python", str(python), "--only", "torch-torchvision-mismatch"]) == 1
    assert main(["fix", "torch-torchvision-mismatch", "--python", str(python), "--yes"]) == 0
    assert "torch-torchvision-mismatch: mended" in capfd.readouterr().out
    code = "import torch, torchvision.ops; torchvision.ops.nms(torch.rand(2, 4), torch.rand(2), 0.5)"
    assert subprocess.run([str(python), "-c", code], check=False).returncode == 0
    shutil.rmtree(tmp_path / "env")

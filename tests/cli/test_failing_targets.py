"""Targets that cannot be examined: what was not seen is said, in words a person understands, and is never healthy."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from doctor.cli import main
from tests.surroundings import SCRIPTS

# a Python that says what it is, as the doctor's first question asks, and then …
WRAPPER = """#!{python}
import os, signal, sys, time
if "-S" in sys.argv:
    os.execv({python!r}, [{python!r}, *sys.argv[1:]])
{then}
"""
AFTERWARDS = {
    "hangs": "time.sleep(600)",
    "dies of SIGSEGV": "os.kill(os.getpid(), signal.SIGSEGV)",
    "dies of SIGILL": "os.kill(os.getpid(), signal.SIGILL)",
    "exits silently": "sys.exit(0)",
    "prints noise and goes": "print('Loading module cuda/12.4 ...' * 50)",
    "ignores SIGTERM": "signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)",
}


def stand_in(folder: Path, then: str) -> Path:
    path = folder / "bin" / "python"
    path.parent.mkdir()
    path.write_text(WRAPPER.format(python=sys.executable, then=then))
    path.chmod(0o755)
    return path


@pytest.fixture(params=AFTERWARDS)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return stand_in(tmp_path, AFTERWARDS[request.param])


@SCRIPTS
@pytest.mark.parametrize("fast", [(), ("--fast",)], ids=["whole", "fast"])
def test_it_is_undetermined_and_said(target: Path, fast: tuple[str, ...], capfd: pytest.CaptureFixture[str]) -> None:
    code = main(["check", "--python", str(target), "--timeout", "2", *fast])
    text = " ".join(capfd.readouterr().out.split())
    assert code == 4
    assert "Undetermined: no error was found, but something decisive could not be examined." in text
    assert "The Python to examine did not answer" in text
    assert "Healthy" not in text
    assert "Error:" not in text and ", line " not in text  # a sentence, not the place in our code


@SCRIPTS
def test_in_json_healthy_is_null(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    target = stand_in(tmp_path, AFTERWARDS["exits silently"])
    assert main(["check", "--python", str(target), "--timeout", "2", "--format", "json"]) == 4
    report = json.loads(capfd.readouterr().out)
    assert (report["healthy"], report["verdict"]) == (None, "undetermined")
    assert any("did not answer" in reason for reason in report["undetermined"])


@pytest.mark.parametrize(
    "text",
    [
        '{"facts": {}}',
        '{"facts": {"torch": {"status": "ok", "value": null}}}',
        "Python version: 3.10.12",
        "PyTorch version (GPU?): 2.4.0",
        "NVIDIA-SMI 550.54.14 Driver Version: 550.54.14 CUDA Version: 12.4",
    ],
)
def test_a_text_that_tells_too_little(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "report.txt").write_text(text)
    assert main(["check", "--from", str(tmp_path / "report.txt")]) == 4
    shown = capsys.readouterr().out
    assert "Undetermined" in shown
    assert "? PyTorch" in shown or "import not tried" in shown


def test_a_dump_without_torch_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "report.txt").write_text("- PyTorch version (GPU?): not installed (NA)\n- Python version: 3.10.12\n")
    assert main(["check", "--from", str(tmp_path / "report.txt")]) == 1
    assert "✗ PyTorch" in capsys.readouterr().out


def test_a_gpu_with_an_unknown_build_that_sees_none_is_an_error(tmp_path: Path) -> None:
    dump = (
        "PyTorch version: 2.4.0\nIs CUDA available: False\nOS: Ubuntu 22.04.4 LTS (x86_64)\nPython version: 3.10.12\n"
        "GPU models and configuration: GPU 0: NVIDIA GeForce RTX 3090\nNvidia driver version: 550.54.14\n"
    )
    (tmp_path / "report.txt").write_text(dump)
    assert main(["check", "--from", str(tmp_path / "report.txt")]) == 1


def test_an_error_text_that_says_nothing_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "e.txt").write_text("FrobnicationError: the frob is not nicated")
    (tmp_path / "report.txt").write_text("PyTorch version: 2.4.0+cpu\nPython version: 3.10.12\n")
    code = main(["check", "--from", str(tmp_path / "report.txt"), "--error", str(tmp_path / "e.txt")])
    assert code == 4
    assert "Nothing in the error text was recognised" in " ".join(capsys.readouterr().out.split())

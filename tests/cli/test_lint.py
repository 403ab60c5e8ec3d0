"""`torch-doctor lint` as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.surroundings import LINKS

BAD = "from torch.utils.data import DataLoader\nfor x in DataLoader(d, num_workers=2):\n    pass\n"
RULE = "dataloader-spawn-no-main-guard"
# PyTorch's CIFAR10 tutorial, which loads with two workers at module level
TUTORIAL = (Path(__file__).parents[1] / "samples" / "cifar10_tutorial.py").read_text()


def doctor(*words: str, **more: Any) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "doctor", "lint", *words]
    return subprocess.run(argv, capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL, **more)


def report(*words: str) -> dict[str, Any]:
    done = doctor("--format", "json", *words)
    assert done.returncode in (0, 1), done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture
def script(tmp_path: Path) -> Path:
    file = tmp_path / "train.py"
    file.write_text(BAD)
    return file


def test_findings_as_json(script: Path) -> None:
    found = report("--platform", "windows", str(script))
    assert found["kind"] == "lint"
    assert found["schema_version"] == 1
    assert found["notes"] == []
    (finding,) = [f for f in found["findings"] if f["rule"] == RULE]
    assert finding["severity"] == "error"
    assert (finding["path"], finding["line"], finding["column"]) == (str(script), 2, 10)
    assert "num_workers=2" in finding["message"]


@pytest.mark.parametrize(
    ("judged", "severity", "code"),
    [
        (("--platform", "windows"), "error", 1),
        (("--platform", "macos"), "error", 1),
        (("--platform", "linux", "--python", "3.14"), "error", 1),
        (("--platform", "all", "--python", "3.11"), "error", 1),
        (("--platform", "linux", "--python", "3.11"), "info", 0),
    ],
)
def test_the_tutorial_is_judged_by_the_start_method(
    tmp_path: Path, judged: tuple[str, ...], severity: str, code: int
) -> None:
    file = tmp_path / "cifar10_tutorial.py"
    file.write_text(TUTORIAL)
    done = doctor("--format", "json", *judged, str(file))
    assert done.returncode == code
    assert {f["severity"] for f in json.loads(done.stdout)["findings"] if f["rule"] == RULE} == {severity}


@pytest.mark.heavy
def test_fix_makes_the_tutorial_run_under_spawn(tmp_path: Path, torch_python: Path) -> None:
    file = tmp_path / "cifar10_tutorial.py"
    # one worker: each imports torchvision, for seconds
    file.write_text(TUTORIAL.replace("num_workers=2", "num_workers=1, multiprocessing_context='spawn'"))
    broken = subprocess.run([torch_python, file], capture_output=True, text=True, check=False)
    assert broken.returncode != 0
    assert "bootstrapping phase" in broken.stderr
    env = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")}
    done = doctor("--platform", "all", "--fix", "--yes", str(file), env=env)
    assert done.returncode == 0, done.stdout
    mended = subprocess.run([torch_python, file], capture_output=True, text=True, check=False)
    assert mended.returncode == 0, mended.stderr
    assert mended.stdout.endswith("Finished Training\n")


def test_text_is_one_line_a_finding_and_a_summary(script: Path) -> None:
    done = doctor("--platform", "windows", "--select", RULE, str(script))
    first, last = done.stdout.splitlines()
    assert first.startswith(f"{script}:2:10: error {RULE}: Workers are started")
    assert last == "1 files: 1 errors, 0 warnings, 0 notes; 0 could not be judged"


def test_github_annotations_escape_their_separators(tmp_path: Path) -> None:
    file = tmp_path / "a,b:c%.py"
    file.write_text(BAD)
    done = doctor("--platform", "windows", "--select", RULE, "--format", "github", str(file))
    assert done.stdout.startswith("::error file=")
    assert "a%2Cb%3Ac%25.py,line=2,col=10,title=" in done.stdout


@LINKS
def test_files_that_cannot_be_judged_are_told_and_the_others_linted(tmp_path: Path, script: Path) -> None:
    (tmp_path / "old.py").write_text("print 'DataLoader'\n")
    (tmp_path / "half.py").write_text("DataLoader(\n")
    (tmp_path / "loop.py").symlink_to(tmp_path / "loop.py")
    done = doctor("--platform", "windows", "--format", "json", str(tmp_path))
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert {n["kind"] for n in found["notes"]} == {"python-2", "syntax-error", "unreadable"}
    assert RULE in {f["rule"] for f in found["findings"]}
    assert "old.py" in done.stderr


def test_exit_codes(tmp_path: Path, script: Path) -> None:
    clean = tmp_path / "clean.py"
    clean.write_text("x = 1\n")
    assert doctor(str(clean)).returncode == 0
    assert doctor(str(tmp_path / "none.py")).returncode == 2
    assert doctor("--select", "no-such-rule", str(clean)).returncode == 2
    assert doctor("--python", "soon", str(clean)).returncode == 2
    assert doctor("--platform", "linux", "--python", "3.11", str(script)).returncode == 0


@LINKS
def test_a_link_to_itself_is_a_note(tmp_path: Path, script: Path) -> None:
    link = tmp_path / "loop.py"
    link.symlink_to(link)
    assert doctor(str(tmp_path)).returncode in (0, 1)
    assert doctor("--strict", "--select", RULE, "--platform", "linux", str(tmp_path)).returncode == 1


def test_fix_shows_and_does_not_write_without_an_answer(script: Path) -> None:
    for words in ((), ("--dry-run",), ("--dry-run", "--yes")):
        done = doctor("--platform", "all", "--fix", *words, str(script))
        assert '+if __name__ == "__main__":' in done.stdout
        assert script.read_text() == BAD


def test_fix_with_json_keeps_stdout_for_the_report(script: Path) -> None:
    done = doctor("--platform", "all", "--fix", "--dry-run", "--format", "json", str(script))
    assert json.loads(done.stdout)["kind"] == "lint"
    assert '+if __name__ == "__main__":' in done.stderr

"""Whole commands where every file that the doctor looks for by itself, or is given, is one of the things that are none.

A command that waits for such a file, or reads it to its end, is stopped with its process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.files.special import NOT_READ

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="what can stand at a path is POSIX's")
HUNG_S = 300
HOME = (
    *(".config/pip/pip.conf", ".pip/pip.conf", ".config/uv/uv.toml", ".condarc", ".config/conda/.condarc"),
    *(
        ".conda/environments.txt",
        ".local/state/torch-doctor/mirrors.json",
        ".local/share/torch-doctor/releases.refreshed",
    ),
    *(".local/share/torch-doctor/environment", ".local/share/jupyter/kernels/x/kernel.json", ".gitconfig"),
)
PROJECT = (
    *("pyproject.toml", "uv.toml", ".git", ".venv/pyvenv.cfg", "uv.lock", "pixi.toml", "requirements.txt"),
    *("environment.yml", "x.toml", "x.txt", "train.py", "train.ipynb", "pylock.toml", "doctor.lock.toml"),
)
ASKED = {
    ("check", "--from", "x.txt"): 2,
    ("check", "--from", "report.json", "--error", "x.txt"): 2,
    ("check", "--fast", "--python", sys.executable): None,
    ("explain", "--no-facts", "x.txt"): 2,
    ("diff", "report.json", "doctor.lock.toml"): 2,
    ("diff", "report.json", "uv.lock"): 2,
    ("match", "--python", "3.12", "--os", "linux", "--driver", "550.54.14", "--gpu", "L4"): None,
    ("lint", "train.py", "train.ipynb"): None,
    ("lint", "--fix", "."): None,
    ("mirrors", "--candidates", "x.toml", "--timeout", "0.2"): 2,
    ("mirrors", "--undo", "all"): None,
    ("dataloader", "train.py", "--yes", "--python", sys.executable, "--timeout", "20"): None,
    ("setup", "--dry-run", "--env", "new", "--from", "pylock.toml"): None,
    ("setup", "--dry-run", "--env", "new", "--requirements", "requirements.txt"): None,
    ("setup", "--dry-run", "--env", "new", "--requirements", "environment.yml"): None,
    ("fix", "--undo"): None,
}
ROOT = Path(__file__).parents[2]
PROGRAM = """
import json, resource, sys
sys.path.insert(0, sys.argv[1])
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
from tests.cli.in_process import program
for words in json.load(sys.stdin):
    done = program(*words)
    print(json.dumps([done.returncode, (done.stdout + done.stderr).decode()]), flush=True)
"""


@pytest.mark.parametrize("kind", NOT_READ)
def test_no_command_waits_or_fails(kind: str, tmp_path: Path) -> None:
    home, project = tmp_path / "home", tmp_path / "project"
    for path in (*(home / name for name in HOME), *(project / name for name in PROJECT)):
        path.parent.mkdir(parents=True, exist_ok=True)
        NOT_READ[kind][0](path)
    (project / "report.json").write_text('{"facts": {"torch": {"status": "ok", "value": {"version": "2.7.0"}}}}')
    env = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PIP_", "UV_", "CONDA"))}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(ROOT)], input=json.dumps([*ASKED]), cwd=project,
        env={**env, "HOME": str(home)}, capture_output=True, text=True, check=False, timeout=HUNG_S,
    )  # fmt: skip
    ended = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(ended) == len(ASKED), done.stderr
    for (words, expected), (code, said) in zip(ASKED.items(), ended, strict=True):
        assert code in ((0, 1, 2, 4) if expected is None else (expected,)), (words, code, said)
        assert "internal error" not in said and "Traceback" not in said and "MemoryError" not in said

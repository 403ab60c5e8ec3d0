"""Every command where something around it is broken, whatever else it is asked: never exit code 3."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from doctor.cli import COMMANDS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes the streams")
PYTHON = sys.executable
FAILS = "raise SystemExit('RuntimeError: CUDA error: no kernel image is available for execution on the device')"
WORDS: dict[str, tuple[str, ...]] = {
    "check": ("--fast", "--python", PYTHON, "--only", "module-shadowed"),
    "match": ("--os", "linux", "--arch", "x86_64", "--python", "3.12", "--driver", "550.54.14", "--gpu", "RTX 4090"),
    "setup": ("--dry-run", "--offline", "nowhere", "--accelerator", "cpu", "--env", "new"),
    "lock": ("--python", PYTHON, "--dry-run", "--check"),
    "diff": ("report.json", "report.json"),
    "fix": ("--undo", "all"),
    "mirrors": ("--undo", "all"),
    "dataloader": ("--python", PYTHON, "--yes", "--timeout", "20"),
    "lint": ("train.py",),
    "run-recipes": ("--list",),
    "explain": ("--no-facts", "Torch not compiled with CUDA enabled"),
    "run": ("--no-facts", "--", PYTHON, "-c", FAILS),
    "completion": ("bash",),
}
PROGRAM = ("-c", "import sys; from doctor.cli import main; sys.exit(main())")  # as the installed program starts
UNWRITABLE = dict.fromkeys(
    ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"), "/dev/null/x"
)  # which not even root can make
SURROUNDINGS: dict[str, tuple[str, dict[str, str]]] = {
    "stdout is full, and home cannot be written": ('exec "$@" >/dev/full', UNWRITABLE),
    "stdout is closed, and the working folder is gone": ('rmdir "$PWD"; exec "$@" >&-', {}),
    "ASCII": ('exec "$@"', {"PYTHONIOENCODING": "ascii"}),
    "ASCII, and the working folder is gone, and home cannot be written": (
        'rmdir "$PWD"; exec "$@"', UNWRITABLE | {"PYTHONIOENCODING": "ascii"},
    ),
}  # fmt: skip


def test_none_is_left_out() -> None:
    assert {*WORDS} == {*COMMANDS}


@pytest.mark.parametrize("surroundings", SURROUNDINGS)
@pytest.mark.parametrize("name", WORDS)
def test_it_ends_as_it_should(name: str, surroundings: str, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text('{"facts": {"torch": {"status": "ok", "value": {"version": "2.7.0"}}}}')
    (tmp_path / "train.py").write_text(
        "import torch\n# 训练\nloader = torch.utils.data.DataLoader([1], num_workers=2)\n"
    )
    (tmp_path / "gone").mkdir()
    shell, env = SURROUNDINGS[surroundings]
    words = [str(tmp_path / word) if (tmp_path / word).is_file() else word for word in WORDS[name]]
    done = subprocess.run(
        ["/bin/sh", "-c", shell, "sh", PYTHON, *PROGRAM, name, *words],
        env={**os.environ, **env}, cwd=tmp_path / "gone", stdin=subprocess.DEVNULL, capture_output=True, text=True,
        errors="replace", check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1, 2, 4), done.stderr
    assert "Traceback" not in done.stderr and "internal error" not in done.stderr

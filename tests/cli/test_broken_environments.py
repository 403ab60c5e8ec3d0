"""A real PyTorch, broken in one place after another, as an interrupted install or a wrong `pip uninstall` leaves it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.environments import linked_copy, site_packages
from tests.surroundings import LINUX

pytestmark = [pytest.mark.heavy, LINUX]


def only(site: Path, pattern: str) -> Path:
    found = sorted(site.glob(pattern))
    assert found, f"nothing is called {pattern}"
    return found[0]


def cut(file: Path) -> None:
    """Half of it remains; the file that it is a link to stays whole."""
    content = file.read_bytes()
    file.unlink()
    file.write_bytes(content[: len(content) // 2])


def uninstalled(site: Path, name: str, module: str) -> None:
    shutil.rmtree(only(site, f"{name}-*.dist-info"))
    shutil.rmtree(site / module)


Break = Callable[[Path], object]
BROKEN: dict[str, tuple[Break, str, str]] = {
    "a library that is cut off": (
        lambda site: cut(site / "torch/lib/libtorch_cpu.so"), "damaged-torch-files", "torch===",
    ),
    "one of another package": (
        lambda site: only(site, "nvidia/cudnn/lib/libcudnn.so.*").unlink(), "damaged-torch-files", "nvidia-cudnn-cu",
    ),
    "NumPy's compiled part": (
        lambda site: only(site, "numpy/_core/_multiarray_umath*.so").unlink(), "damaged-torch-files", "numpy==",
    ),
    "a file of torch's own": (lambda site: (site / "torch/version.py").unlink(), "damaged-torch-files", "torch==="),
    "what torch needs": (
        lambda site: uninstalled(site, "sympy", "sympy"), "unmet-requirements", "sympy",
    ),
    "what that needs": (lambda site: uninstalled(site, "mpmath", "mpmath"), "unmet-requirements", "mpmath"),
    "what torchvision needs": (lambda site: uninstalled(site, "pillow", "PIL"), "unmet-requirements", "pillow"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_the_cause_and_its_command_come_first(name: str, torch_python: Path, tmp_path: Path) -> None:
    spoil, rule, installed = BROKEN[name]
    python = linked_copy(torch_python.parent.parent, tmp_path / "env")
    spoil(site_packages(tmp_path / "env"))
    argv = (sys.executable, "-m", "doctor", "check", "--python", str(python), "--format", "json")
    done = subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 1, done.stderr
    first, *others = json.loads(done.stdout)["findings"]
    assert (first["rule"], first["primary"]) == (rule, True)
    assert not any(one["primary"] for one in others), "what follows from it is no cause of its own"
    assert any(word.startswith(installed) for word in first["remedies"][0]["commands"][0])

"""A real PyTorch, broken in one place after another, as an interrupted install or a wrong `pip uninstall` leaves it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


def without(site: Path, library: str, name: str) -> None:
    """A package of NVIDIA's is gone; it has its folder together with others."""
    shutil.rmtree(only(site, f"{name}-*.dist-info"))
    for file in site.glob(f"nvidia/*/lib/{library}*"):
        file.unlink()


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
    "a package of CUDA": (
        lambda site: without(site, "libcublas", "nvidia_cublas"), "cuda-runtime-lib-missing", "nvidia-cublas==",
    ),
    "what torchvision needs": (lambda site: uninstalled(site, "pillow", "PIL"), "unmet-requirements", "pillow"),
}  # fmt: skip


def first_of(python: Path, folder: Path, *before: str, **variables: str) -> dict[str, Any]:
    """The first finding of a check, which is the only cause."""
    argv = (*before, sys.executable, "-m", "doctor", "check", "--python", str(python), "--format", "json")
    env = {**os.environ, **variables}
    done = subprocess.run(argv, cwd=folder, env=env, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 1, done.stderr
    first, *others = json.loads(done.stdout)["findings"]
    assert first["primary"] is True
    assert not any(one["primary"] for one in others), "what follows from it is no cause of its own"
    return first


@pytest.mark.parametrize("name", BROKEN)
def test_the_cause_and_its_command_come_first(name: str, torch_python: Path, tmp_path: Path) -> None:
    spoil, rule, installed = BROKEN[name]
    python = linked_copy(torch_python.parent.parent, tmp_path / "env")
    spoil(site_packages(tmp_path / "env"))
    first = first_of(python, tmp_path)
    assert first["rule"] == rule
    assert any(word.startswith(installed) for word in first["remedies"][0]["commands"][0])


def test_surroundings_in_which_no_torch_can_be_imported(torch_python: Path, tmp_path: Path) -> None:
    """Nothing is to be installed for any of them."""
    (tmp_path / "numpy.py").write_text("raise ImportError('of another Python')")
    plugin = tmp_path / "plugin-1.0.dist-info"
    plugin.mkdir()
    (plugin / "METADATA").write_text("Metadata-Version: 2.1\nName: plugin\nVersion: 1.0\n")
    (plugin / "entry_points.txt").write_text("[torch.backends]\nplugin = no_such_module:load\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    found = {
        "PYTHONPATH": first_of(torch_python, elsewhere, PYTHONPATH=str(tmp_path)),
        "TORCH_LOGS": first_of(torch_python, elsewhere, TORCH_LOGS="no_such_log"),
        "ulimit -v": first_of(torch_python, elsewhere, "prlimit", "--as=1500000000"),
    }
    (tmp_path / "numpy.py").unlink()
    found["a plug-in"] = first_of(torch_python, elsewhere, PYTHONPATH=str(tmp_path))
    assert {name: one["rule"] for name, one in found.items()} == {
        "PYTHONPATH": "import-path-mixes-environments",
        "TORCH_LOGS": "environment-variable-invalid",
        "ulimit -v": "library-not-mapped",
        "a plug-in": "backend-extension-fails",
    }
    commands = [
        command for one in found.values() for remedy in one["remedies"] for command in remedy.get("commands", ())
    ]
    assert not any("install" in command for command in commands)

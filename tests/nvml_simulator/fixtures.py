"""The fixtures `nvml_scenario` (scenario text in, environment variables out) and `nvidia_probe` (facts out).

conftest.py makes them known to all tests.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from doctor.facts import Nvidia
from doctor.probes import nvidia
from doctor.target import Target
from tests.nvml_simulator.build import build
from tests.surroundings import unavailable

Scenario = Callable[[str], dict[str, str]]
Probe = Callable[..., Nvidia]


@pytest.fixture(scope="session")
def nvml_build_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("gcc") is None:
        unavailable("the NVML simulator needs gcc")
    return tmp_path_factory.mktemp("nvml_build")


@pytest.fixture
def nvml_scenario(tmp_path: Path, nvml_build_cache: Path) -> Scenario:
    """`nvml_scenario(text)` gives os.environ with the stand-in libraries first on LD_LIBRARY_PATH."""
    made = 0

    def lay_out(text: str) -> dict[str, str]:
        nonlocal made
        made += 1
        folder = tmp_path / f"nvml{made}"
        build(text, folder, nvml_build_cache)
        file = folder / "scenario"
        file.write_text(text, encoding="utf-8")
        kept = {name: value for name, value in os.environ.items() if name != "CUDA_VISIBLE_DEVICES"}
        return {**kept, "LD_LIBRARY_PATH": str(folder), "NVML_SCENARIO": str(file)}

    return lay_out


@pytest.fixture
def nvidia_probe(nvml_scenario: Scenario, tmp_path: Path) -> Probe:
    """The NVIDIA probe's answer for a scenario, with an empty file system beside it unless a root is given."""

    def run(text: str, root: Path | None = None, deadline_s: float = 60.0) -> Nvidia:
        (tmp_path / "root").mkdir(exist_ok=True)
        env = {**nvml_scenario(text), "PATH": "/nonexistent"}
        return nvidia.probe(Target(sys.executable, env=env, deadline_s=deadline_s), root or tmp_path / "root")

    return run

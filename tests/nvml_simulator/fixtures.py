"""The fixture `nvml_scenario`: scenario text in, environment variables out. conftest.py makes it known to all tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.nvml_simulator.build import build

Scenario = Callable[[str], dict[str, str]]


@pytest.fixture(scope="session")
def nvml_build_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("gcc") is None:
        pytest.skip("the NVML simulator needs gcc")
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

"""The GPU side on Windows' CPython: stand-ins for nvml.dll and nvcuda.dll, of the scenarios that Linux is tested with.

They lie where the driver of Windows puts its own, in System32, which is Wine's and this test process' alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.nvml_simulator.build import ON_WINDOWS, build_dlls
from tests.nvml_simulator.fixtures import Probe
from tests.nvml_simulator.kinds import RTX_4070, RTX_4090, RTX_5090, gpu, machine
from tests.surroundings import not_brought
from tests.test_nvml_scenarios import BROKEN, HEALTHY
from tests.windows.systems import CHECKOUT, Windows, Wine

pytestmark = pytest.mark.heavy

SCENARIOS = {name: case[2] for name, case in {**HEALTHY, **BROKEN}.items()}
# what the two systems tell of themselves, not of the GPU
OF_THE_SYSTEM = {
    "module_version", "module_open", "modules", "module_installed", "device_nodes", "nvswitches", "pci_gpus",
    "container_toolkit", "fabric_manager", "libcuda", "libcuda_version", "gpus_source",
}  # fmt: skip


@pytest.fixture
def wine(windows: Windows) -> Iterator[Wine]:
    if not isinstance(windows, Wine):
        not_brought("a stand-in for the driver is put into System32, which a real machine has for itself")
    yield windows
    for name in ON_WINDOWS.values():
        (_system32(windows) / name).unlink(missing_ok=True)


def _system32(wine: Wine) -> Path:
    return wine.prefix / "drive_c" / "windows" / "system32"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dlls")


def told(wine: Wine, folder: Path, cache: Path, scenarios: dict[str, str]) -> dict[str, dict[str, Any]]:
    """By the name of each scenario the probe's answer there."""
    folders = [folder / str(number) for number in range(len(scenarios))]
    for place, text in zip(folders, scenarios.values(), strict=True):
        place.mkdir()
        build_dlls(text, place, cache)
        (place / "scenario").write_text(text, encoding="utf-8")
    done = wine.run(wine.python, "-m", "tests.windows.told_by_scenarios", *folders)
    assert done.returncode == 0, done.stderr
    return dict(zip(scenarios, map(json.loads, done.stdout.splitlines()), strict=True))


def test_the_facts_are_those_of_linux(wine: Wine, nvidia_probe: Probe, tmp_path: Path, cache: Path) -> None:
    there = told(wine, tmp_path, cache, SCENARIOS)
    here = {name: json.loads(msgspec.json.encode(nvidia_probe(text))) for name, text in SCENARIOS.items()}
    assert {name: _of_the_gpu(answer) for name, answer in there.items()} == {
        name: _of_the_gpu(answer) for name, answer in here.items()
    }


def _of_the_gpu(told: dict[str, Any]) -> dict[str, Any]:
    """No words of a system's own. That no GPU is listed tells Windows, which knows its adapters, that there is none."""
    error = told.get("libcuda_error", "")
    kept = {key: value for key, value in told.items() if key not in OF_THE_SYSTEM and value != []}
    return {**kept, "libcuda_error": error if error.startswith("CUDA_") else bool(error)}


def test_a_crash_and_a_hang_are_results(wine: Wine, tmp_path: Path, cache: Path) -> None:
    scenarios = {
        how: machine("550.54.14", "12.4", [gpu(RTX_4090)], f"init {how}\ncuinit {how}\n")
        for how in ("segv", "abort", "hang")
    }
    there = told(wine, tmp_path, cache, scenarios)
    assert {how: answer["raised"] for how, answer in there.items()} == {
        "segv": "Crashed",
        "abort": "Crashed",
        "hang": "TimeoutError",
    }
    assert all("nvmlInit" in answer["message"] for answer in there.values())


def check(wine: Wine, python: str, folder: Path, *words: str, **variables: str) -> dict[str, Any]:
    env = {"PYTHONPATH": wine.path(CHECKOUT), **variables}
    done = wine.run(wine.python, "-m", "doctor", "check", "--format", "json", "--python", python, *words,
                    cwd=folder, env=env)  # fmt: skip
    assert done.stdout, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _drive(wine: Wine, scenario: str, folder: Path, cache: Path) -> dict[str, str]:
    build_dlls(scenario, _system32(wine), cache)
    (folder / "scenario").write_text(scenario, encoding="utf-8")
    return {"NVML_SCENARIO": wine.path(folder / "scenario")}


def test_a_cpu_build_beside_a_gpu_is_the_first_cause(wine: Wine, tmp_path: Path, cache: Path) -> None:
    """A real torch of PyPI, imported there."""
    seen = _drive(wine, machine("581.15", "13.0", [gpu(RTX_4070)]), tmp_path, cache)
    report = check(wine, wine.torch_python, tmp_path, "--timeout", "400", **seen)
    first = report["findings"][0]
    assert (first["rule"], first["primary"]) == ("cpu-only-build-on-gpu-machine", True)
    assert "RTX 4070" in first["message"] and report["facts"]["runtime"]["value"]["imported"]
    commands = [argv for remedy in first["remedies"] for argv in remedy["commands"]]
    assert commands[0][:4] == [wine.torch_python, "-m", "pip", "install"]
    assert any("+cu13" in word for word in commands[0]), commands


def test_a_library_in_the_working_folder_is_not_loaded(wine: Wine, tmp_path: Path, cache: Path) -> None:
    scenario = machine("570.86.15", "12.8", [gpu(RTX_5090)])
    build_dlls(scenario, tmp_path, cache)
    (tmp_path / "scenario").write_text(scenario, encoding="utf-8")
    seen = {"NVML_SCENARIO": wine.path(tmp_path / "scenario")}
    nvidia = check(wine, wine.python, tmp_path, "--fast", "--only", "driver", **seen)["facts"]["nvidia"]["value"]
    assert (nvidia.get("gpus"), nvidia.get("driver_version"), nvidia.get("libcuda")) == ([], "", "")

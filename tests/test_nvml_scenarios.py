"""`torch-doctor check --fast` end to end on machines made by the NVML simulator: each has its expected primary rule.

The target is a virtual environment with torch's metadata and `version.py` and nothing else: `--fast` imports nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import psutil
import pytest

from doctor.diagnose import diagnose
from doctor.facts import Facts
from doctor.model import ok
from tests.nvml_simulator import kinds
from tests.nvml_simulator.fixtures import Scenario
from tests.nvml_simulator.kinds import gpu, machine

Check = Callable[..., tuple[int, dict[str, Any]]]
REPOSITORY = Path(__file__).parents[1]


def environment(folder: Path, torch: str, cuda: str) -> Path:
    """A virtual environment that looks as if pip had installed that torch. Returns its interpreter."""
    site = folder / f"lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"
    info = site / f"torch-{torch}.dist-info"
    files = {
        "torch/__init__.py": "from .version import __version__\n",
        "torch/version.py": f"__version__ = '{torch}'\ndebug = False\ncuda = '{cuda}'\ngit_version = '0'\nhip = None\n",
        f"{info.name}/METADATA": f"Metadata-Version: 2.1\nName: torch\nVersion: {torch}\n",
        f"{info.name}/INSTALLER": "pip\n",
        f"{info.name}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp311-cp311-manylinux_2_28_x86_64\n",
    }
    (folder / "bin").mkdir(parents=True)
    home = Path(sys.executable).resolve().parent
    (folder / "pyvenv.cfg").write_text(f"home = {home}\ninclude-system-site-packages = false\n")
    (folder / "bin/python").symlink_to(Path(sys.executable).resolve())
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)
    (info / "RECORD").write_text("".join(f"{name},,\n" for name in [*files, f"{info.name}/RECORD"]))
    return folder / "bin/python"


@pytest.fixture
def check(nvml_scenario: Scenario, tmp_path: Path) -> Check:
    """The exit code and the report of `torch-doctor check --fast` for a torch and a scenario."""

    def run(
        torch: str, cuda: str, scenario: str, timeout_s: float = 60.0, **variables: str
    ) -> tuple[int, dict[str, Any]]:
        python = environment(tmp_path / "environment", torch, cuda)
        kept = {name: value for name, value in os.environ.items() if name.startswith(("LANG", "LC_", "TMP"))}
        libraries = nvml_scenario(scenario)
        env = {name: libraries[name] for name in ("LD_LIBRARY_PATH", "NVML_SCENARIO")}
        env = {
            **kept,
            **env,
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path),
            "PYTHONPATH": str(REPOSITORY),
            **variables,
        }
        options = ("check", "--fast", "--format", "json", "--python", str(python), "--timeout", str(timeout_s))
        ended = subprocess.run(
            [sys.executable, "-m", "doctor", *options],
            env=env,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert ended.stdout, ended.stderr
        return ended.returncode, json.loads(ended.stdout)

    return run


def primary(report: dict[str, Any]) -> list[str]:
    return [finding["rule"] for finding in report["findings"] if finding["primary"]]


A4090, A1080, A5090 = gpu(kinds.RTX_4090), gpu(kinds.GTX_1080), gpu(kinds.RTX_5090)
HEALTHY = {
    "libcuda of an image, no GPU": (
        "2.7.1+cu126",
        "12.6",
        "driver 550.54.14\ncuda 12.4\nno libnvidia-ml\ncuinit 100\n",
    ),
    "no library at all, no GPU": ("2.7.1+cu126", "12.6", "driver 550.54.14\nno libnvidia-ml\nno libcuda\n"),
    "RTX 4090, driver 550, cu126": ("2.7.1+cu126", "12.6", machine("550.54.14", "12.4", [A4090])),
    "RTX 3060, driver 535, cu128: minor version": (
        "2.7.1+cu128",
        "12.8",
        machine("535.54.03", "12.2", [gpu(kinds.RTX_3060)]),
    ),
    "RTX 5090, driver 570, cu128": ("2.7.1+cu128", "12.8", machine("570.86.15", "12.8", [A5090])),
    "GTX 1080, driver 580, cu126": ("2.7.1+cu126", "12.6", machine("580.95.05", "13.0", [A1080])),
    "H200 with its fabric up": ("2.7.1+cu126", "12.6", machine("550.54.14", "12.4", [gpu(kinds.H200, "fabric 3\n")])),
    "B200, R610": ("2.9.0+cu128", "12.8", machine("610.43.02", "13.3", [gpu(kinds.B200)])),
    "V100, cu126": ("2.7.1+cu126", "12.6", machine("550.54.14", "12.4", [gpu(kinds.TESLA_V100)])),
    "T4, driver 470, cu118": ("2.4.1+cu118", "11.8", machine("470.82.01", "11.4", [gpu(kinds.TESLA_T4)])),
    "A100 in two instances": (
        "2.7.1+cu126",
        "12.6",
        machine("535.54.03", "12.2", [gpu(kinds.A100, "mig 1\nmig_instance0 NVIDIA A100-SXM4-40GB MIG 1g.5gb\n")]),
    ),
}
BROKEN = {
    "gpu-arch-dropped-by-build": ("2.9.0+cu130", "13.0", machine("580.95.05", "13.0", [A1080])),
    "gpu-arch-newer-than-build": ("2.5.1+cu124", "12.4", machine("570.86.15", "12.8", [A5090])),
    "driver-too-old-for-cuda-build": ("2.7.1+cu126", "12.6", machine("450.51.06", "11.0", [gpu(kinds.TESLA_T4)])),
    "nvml-driver-library-mismatch": (
        "2.7.1+cu126",
        "12.6",
        machine("550.54.14", "12.4", [A4090], "init 18\ncuinit 803\n"),
    ),
    "gpu-lost": (
        "2.7.1+cu126",
        "12.6",
        machine("550.54.14", "12.4", [A4090], "fail:nvmlDeviceGetHandleByIndex_v2 15\n"),
    ),
    "driver-userland-mismatch-803": ("2.7.1+cu126", "12.6", machine("550.54.14", "12.4", [A4090], "cuinit 803\n")),
    "forward-compat-unsupported": (
        "2.7.1+cu126",
        "12.6",
        machine("535.54.03", "12.4", [gpu(kinds.RTX_3060)], "libcuda 550.54.14\ncuinit 804\n"),
    ),
    "fabric-manager-not-running": (
        "2.7.1+cu126",
        "12.6",
        machine("550.54.14", "12.4", [gpu(kinds.H200)], "cuinit 802\n"),
    ),
    "cuda-unknown-error-999": ("2.7.1+cu126", "12.6", machine("550.54.14", "12.4", [A4090], "cuinit 999\n")),
    "cuda-init-failed": ("2.7.1+cu126", "12.6", machine("550.54.14", "12.4", [A4090], "init 999\n")),
    "driver-library-incomplete": ("2.7.1+cu126", "12.6", machine("550.54.14", "12.4", [A4090], "no libcuda\n")),
    "mig-mode-without-instances": (
        "2.7.1+cu126",
        "12.6",
        machine("535.54.03", "12.2", [gpu(kinds.A100, "mig 1\n")], "cuinit 100\n"),
    ),
    "cuda-device-busy-or-exclusive": (
        "2.7.1+cu126",
        "12.6",
        machine("550.54.14", "12.4", [gpu(kinds.TESLA_T4, "compute_mode 2\n")], "cuinit 100\n"),
    ),
    "driver-not-answering": ("2.7.1+cu126", "12.6", machine("550.54.14", "12.4", [A4090], "cuinit segv\n")),
    "cpu-only-build-on-gpu-machine": ("2.7.1+cpu", "", machine("550.54.14", "12.4", [A4090])),
    "gpu-too-old-for-any-build": (
        "2.0.1+cu117",
        "11.7",
        machine("390.157", "", [gpu(("GeForce GTX 480", "2.0", 1536 * 1024**2, "0x06c0", 2, ""))]),
    ),
}


@pytest.mark.parametrize("case", HEALTHY.values(), ids=HEALTHY.keys())
def test_sound_machines(check: Check, case: tuple[str, str, str]) -> None:
    code, report = check(*case)
    assert (primary(report), report["healthy"], code) == ([], True, 0)
    assert report["facts"]["nvidia"]["status"] == "ok"


@pytest.mark.parametrize("rule", BROKEN)
def test_broken_machines(check: Check, rule: str) -> None:
    code, report = check(*BROKEN[rule])
    assert (primary(report), report["healthy"], code) == ([rule], False, 1)


def test_mixed_gpus_are_judged_one_by_one(check: Check) -> None:
    code, report = check("2.7.1+cu128", "12.8", machine("570.86.15", "12.8", [A4090, A1080]))
    found = {finding["rule"]: finding for finding in report["findings"]}
    assert "GTX 1080" in found["gpu-arch-dropped-by-build"]["message"]
    assert "4090" not in found["gpu-arch-dropped-by-build"]["message"]
    assert code in (0, 1)


@pytest.mark.parametrize(
    ("scenario", "status", "reason"),
    [
        ("init hang\ncuinit hang\n", "timeout", "nvmlInit"),
        ("init segv\ncuinit segv\n", "crashed", "SIGSEGV"),
        ("init abort\ncuinit abort\n", "crashed", "SIGABRT"),
    ],
)
def test_hang_and_crash_are_unknown_with_their_reason(
    check: Check, scenario: str, status: str, reason: str, tmp_path: Path
) -> None:
    _, report = check("2.7.1+cu126", "12.6", machine("550.54.14", "12.4", [A4090], scenario), timeout_s=4)
    nvidia = report["facts"]["nvidia"]
    assert nvidia["status"] == status and reason in nvidia["reason"]
    assert not [finding for finding in report["findings"] if finding["area"] in ("driver", "cuda", "gpu")]
    assert any("nvidia" in unknown["reason"] and reason in unknown["reason"] for unknown in report["unknown"])
    assert [p for p in psutil.process_iter() if scenario_of(p).startswith(str(tmp_path))] == []


def scenario_of(process: psutil.Process) -> str:
    """The scenario a process was started with: other tests run at the same time with theirs."""
    try:
        return process.environ().get("NVML_SCENARIO", "")
    except psutil.Error:
        return ""


def test_a_hang_midway_does_not_hide_what_the_other_gpu_shows(check: Check) -> None:
    stuck = gpu(kinds.RTX_4090, "fail:nvmlDeviceGetTemperature hang\n")
    _, report = check("2.9.0+cu130", "13.0", machine("580.95.05", "13.0", [A1080, stuck]), timeout_s=4)
    assert "gpu-arch-dropped-by-build" in {finding["rule"] for finding in report["findings"]}
    assert "GPU 1" in report["facts"]["nvidia"]["value"]["nvml_message"]


@pytest.mark.parametrize("how", ["segv", "abort"])
def test_nvml_that_crashes_where_cuda_works_is_a_warning(check: Check, how: str) -> None:
    code, report = check("2.7.1+cu126", "12.6", machine("550.54.14", "12.4", [A4090], f"init {how}\n"))
    assert (primary(report), code) == ([], 0)
    assert "driver-not-answering" in {finding["rule"] for finding in report["findings"]}


@pytest.mark.parametrize(
    ("container", "modules", "rule"),
    [
        ("", (), "driver-not-loaded"),
        ("docker", (), "driver-not-loaded"),
        ("docker", ("nvidia", "nvidia_uvm"), "container-without-gpu"),
        ("docker", None, "driver-not-loaded"),
    ],
)
def test_driver_that_is_not_loaded(check: Check, container: str, modules: tuple[str, ...] | None, rule: str) -> None:
    """A container shares its host's kernel: without the module there, nothing could have been passed in."""
    _, report = check("2.7.1+cu126", "12.6", machine("550.54.14", "12.4", [], "init 9\n"))
    facts = msgspec.convert(report["facts"], Facts)
    assert facts.host.value is not None
    assert facts.nvidia.value is not None
    host = msgspec.structs.replace(facts.host.value, container=container)
    nvidia = msgspec.structs.replace(facts.nvidia.value, modules=modules)
    judged = diagnose(msgspec.structs.replace(facts, host=ok(host), nvidia=ok(nvidia)))
    assert [finding.rule for finding in judged.primary] == [rule]

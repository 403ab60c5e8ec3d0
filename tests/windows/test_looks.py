"""What Windows shows before anything is tried, and after: real files, a real registry, real imports of torch."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest

from tests.surroundings import not_brought, shell, unavailable, uv
from tests.windows.systems import Windows, Wine, environment, here, home_of

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(900)]
FILE_SYSTEM = r"HKLM\SYSTEM\CurrentControlSet\Control\FileSystem"
GRAPHICS = r"HKLM\SYSTEM\CurrentControlSet\Control\GraphicsDrivers"
WSL = r"HKCU\SOFTWARE\Microsoft\Windows\CurrentVersion\Lxss"
THREADS = "VCRUNTIME140_THREADS.dll"


def with_torch(windows: Windows, packages: Path, wanted: Callable[[str], bool] = lambda _: True) -> None:
    """The packages beside the torch of these tests; its own DLLs as files that may be replaced."""
    kept = here(windows.torch_python).parent.parent / "Lib" / "site-packages"
    try:
        for one in kept.iterdir():
            if one.name != "torch" and wanted(one.name):
                (packages / one.name).symlink_to(one, target_is_directory=one.is_dir())
        (packages / "torch" / "lib").mkdir(parents=True)
        for one in [*(kept / "torch").iterdir(), *(kept / "torch" / "lib").iterdir()]:
            place = packages / one.relative_to(kept)
            if not place.exists():
                place.symlink_to(one, target_is_directory=one.is_dir())
    except OSError as error:
        unavailable(f"links cannot be made here: {error}")


def checked(windows: Windows, packages: Path, *words: str) -> dict[str, Any]:
    """The report on the environment."""
    python = packages.parent.parent / "Scripts" / "python.exe"
    done = windows.doctor("check", "--format", "json", "--timeout", "250", "--python", python, *words)
    assert done.returncode in (0, 1) and "ldconfig" not in done.stderr, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def primary(report: dict[str, Any]) -> list[str]:
    return [one["rule"] for one in report["findings"] if one["primary"]]


def finding(report: dict[str, Any], rule: str) -> dict[str, Any]:
    return next(one for one in report["findings"] if one["rule"] == rule)


def test_a_runtime_that_lacks_what_torch_imports(windows: Windows, tmp_path: Path) -> None:
    """PyPI's runtime mends it in an environment that is active, and only there: so it is said."""
    if not isinstance(windows, Wine):
        not_brought("the runtime of a real machine is left alone")
    base, older = home_of(windows.torch_python), tmp_path / "python"
    shutil.copytree(base, older, copy_function=os.link, ignore=shutil.ignore_patterns(THREADS.lower()))
    packages = environment(windows, tmp_path / "env", older)
    with_torch(windows, packages)
    report = checked(windows, packages)
    assert primary(report) == ["vc-runtime-outdated"]
    found = finding(report, "vc-runtime-outdated")
    assert found["evidence"][0] == {
        "fact": "torch.absent_libraries", "seen": f"{THREADS}, for torch_cpu.dll", "needed": "found",
    }  # fmt: skip
    assert finding(report, "windows-dll-load-126")["caused_by"] == "vc-runtime-outdated"
    assert any("has to be active" in remedy["title"] for remedy in found["remedies"])
    scripts = packages.parent.parent / "Scripts"
    shutil.copy(base / THREADS.lower(), scripts)
    imported = "import torch; print(torch.ones(2).sum())"
    assert "126" in windows.run(scripts / "python.exe", "-c", imported).stderr
    active = {"PATH": f"{windows.path(scripts)};C:\\windows\\system32"}
    assert windows.run(scripts / "python.exe", "-c", imported, env=active).stdout.strip() == "tensor(2.)"


def test_dlls_that_are_no_longer_whole(windows: Windows, tmp_path: Path) -> None:
    """Cut off, which RECORD tells as well, and all zeros at the right length, as a power failure leaves it."""
    packages = environment(windows, tmp_path / "env")
    with_torch(windows, packages)
    for name, change in (
        ("c10.dll", lambda whole: whole[:700_000]),
        ("torch_python.dll", lambda whole: bytes(len(whole))),
    ):
        file = packages / "torch" / "lib" / name
        whole = file.read_bytes()
        file.unlink()
        file.write_bytes(change(whole))
    report = checked(windows, packages, "--fast")
    assert primary(report) == ["damaged-torch-files"]
    told = {PureWindowsPath(one["path"]).name: one for one in report["facts"]["packages"]["value"]["damaged"]}
    assert (told["c10.dll"]["problem"], told["c10.dll"]["found"]) == ("size", "700000")
    assert (told["torch_python.dll"]["problem"], told["torch_python.dll"]["found"]) == ("header", "00 00 00 00")


def test_a_torchvision_of_another_torch(windows: Windows, tmp_path: Path) -> None:
    packages = environment(windows, tmp_path / "env")
    with_torch(windows, packages, wanted=lambda name: not name.startswith("torchvision"))
    shell([
        uv() or "uv", "pip", "install", "--quiet", "--no-deps", "--python-platform", "x86_64-pc-windows-msvc",
        "--python-version", "3.11", "--target", str(packages), "torchvision==0.20.1",
    ])  # fmt: skip
    report = checked(windows, packages)
    assert primary(report) == ["torch-torchvision-mismatch"], report["facts"]["runtime"]


def test_a_folder_whose_paths_get_too_long(windows: Windows, tmp_path: Path) -> None:
    """And what every machine tells: its memory without performance counters, its policies."""
    if not isinstance(windows, Wine):
        not_brought("the registry of a real machine is left alone")
    folder = tmp_path / ("e" * (120 - len(windows.path(tmp_path)) - 1))
    packages = environment(windows, folder)
    windows.registry(FILE_SYSTEM, "LongPathsEnabled", 0)
    windows.registry(GRAPHICS, "HwSchMode", 2)
    windows.registry(rf"{WSL}\{{0d2c}}", "DistributionName", "Ubuntu-24.04")
    report = checked(windows, packages, "--fast")
    assert primary(report) == ["windows-path-too-long"]
    assert finding(report, "torch-not-installed")["caused_by"] == "windows-path-too-long"
    facts = {name: reading.get("value") for name, reading in report["facts"].items()}
    assert facts["python"]["site_length"] == 120 + len(r"\Lib\site-packages")
    assert facts["memory"]["total_bytes"] > 2**28
    assert "swap_bytes" in facts["memory"]
    assert (facts["host"]["architecture"], facts["host"]["execution_policy"]) == ("x86_64", "Restricted")
    assert (facts["host"]["gpu_scheduling"], facts["host"]["wsl_distributions"]) == (True, ["Ubuntu-24.04"])

"""What a dump of this machine's environment shows agrees with what the probes find."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SHOWN = {
    "torch": ("version", "build", "cuda_version", "hip_version", "debug"),
    "runtime": ("imported", "cuda_available"),
    "python": ("version", "bits"),
    "host": ("os", "architecture", "distribution_id", "distribution_version", "libc", "libc_version", "kernel", "wsl"),
    "cpu": ("model", "logical", "physical"),
}


def check(*words: str, stdin: str = "") -> dict[str, Any]:
    argv = [sys.executable, "-m", "doctor", "check", "--format", "json", *words]
    return dict(json.loads(subprocess.run(argv, input=stdin, capture_output=True, text=True).stdout))


@pytest.mark.heavy
def test_collect_env_and_check(torch_python: Path, tmp_path: Path):
    dump = subprocess.run(
        [str(torch_python), "-m", "torch.utils.collect_env"], capture_output=True, text=True, cwd=tmp_path
    ).stdout
    told, seen = check("--from", "-", stdin=dump), check("--python", str(torch_python))
    for section, names in SHOWN.items():
        from_dump, from_probe = told["facts"][section]["value"], seen["facts"][section]["value"]
        for name in names:
            if from_dump.get(name) is not None:
                assert from_dump[name] == from_probe.get(name), f"{section}.{name}"
    listed = {p["name"]: p["version"] for p in seen["facts"]["packages"]["value"]["installed"]}
    for package in told["facts"]["packages"]["value"]["installed"]:
        assert listed[package["name"]] == package["version"]
    assert primary(told) == [rule for rule in primary(seen) if rule in primary(told)]
    # without a driver a dump leaves open whether there is a GPU; the machine itself shows its PCI bus
    assert told["healthy"] in (seen["healthy"], None)


def primary(report: dict[str, Any]) -> list[str]:
    return [f["rule"] for f in report["findings"] if f["primary"]]

"""PyTorch is not installed in this environment.

## Why it matters
The interpreter that was examined has no torch at all, so every `import torch` fails. Often torch was installed into
another environment than the one that runs the program.

## What to do
Install it here with the command for this machine, or run the program with the interpreter that has it.

## References
- https://pytorch.org/get-started/locally/
"""

from __future__ import annotations

from doctor.facts import Amd, Conda, Environment, Environments, Host, Intel, Nvidia, Packages, Python, Torch
from doctor.model import Reading, Remedy, Risk, Severity, Status
from doctor.rules._pip import environment_of, executable, install
from doctor.rules._remedy import reinstall_torch
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "PyTorch is not installed in {python}"
ELSEWHERE = "PyTorch is not installed in {python}, but another environment here has it: {other} (torch {version})"
SIGNATURES = (
    r"PackageNotFoundError: (?:No package metadata was found for )?torch\b",
    r"Package\(s\) not found: .{0,80}\btorch\b",
    r"PyTorch is not installed|PyTorch was not found|None of PyTorch, TensorFlow",
    r"requires the PyTorch library but it was not found",
)
EXPLAINS = (
    "torch-not-importable",
    "cpu-only-build-on-gpu-machine",
    "unmet-requirements",
)
_CONDA_TORCH = {"pytorch", "pytorch-cpu", "pytorch-gpu"}


def check(
    torch: Reading[Torch],
    python: Python | None,
    packages: Packages | None,
    conda: Conda | None,
    environments: Environments | None,
) -> Answer | None:
    gone = torch.status is Status.ABSENT or (torch.value is not None and torch.value.version == "")
    if not gone or _listed(packages, conda) or (packages is not None and not packages.complete):
        return None
    evidence = seen("torch.version", "not there", "an installed torch")
    where = executable(python)
    other = _other(environments)
    if other is None:
        return there(evidence, python=where)
    more = seen("environments.found", f"{other.path}: torch {other.torch_version}")
    return there(evidence, more, python=where, other=other.path, version=other.torch_version, message=ELSEWHERE)


def remedies(
    python: Python | None,
    host: Host | None,
    nvidia: Nvidia | None,
    amd: Amd | None,
    intel: Intel | None,
    environments: Environments | None,
) -> tuple[Remedy, ...]:
    matched = reinstall_torch(python, host, nvidia, amd=amd, intel=intel) if host else ()
    plain = Remedy(
        "Install PyPI's default build into this environment",
        (install(python, "torch", "torchvision"),),
        writes=environment_of(python),
    )
    other = _other(environments)
    if other is None:
        return (*matched, plain)
    examine = ("torch-doctor", "check", "--python", other.path)
    use = Remedy(f"Or use the environment that has torch {other.torch_version}", (examine,), Risk.MANUAL)
    return (*matched, plain, use)


def _listed(packages: Packages | None, conda: Conda | None) -> bool:
    by_pip = packages is not None and packages.version("torch") is not None
    return by_pip or (conda is not None and any(p.name in _CONDA_TORCH for p in conda.packages))


def _other(environments: Environments | None) -> Environment | None:
    found = environments.found if environments else ()
    return next((e for e in found if e.torch_version), None)

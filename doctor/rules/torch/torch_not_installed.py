"""PyTorch is not installed in this environment.

## Why it matters
The interpreter that was examined has no torch at all, so every `import torch` fails. Often torch was installed into a
different environment from the one that runs the program. The bootstrap makes one of its own, which has to be active.

## What to do
Install it here with the command for this machine, or run the program with the interpreter that has it.

## References
- https://pytorch.org/get-started/locally/
"""

from __future__ import annotations

from doctor.facts import Conda, Environment, Environments, Packages, Python, Torch
from doctor.model import Phase, Reading, Severity, Status
from doctor.remedy.actions import Action, Activate, Doctor, FittingTorch, NewEnvironment
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "PyTorch is not installed in {python}"
ELSEWHERE = "PyTorch is not installed in {python}, but another environment here has it: {other} (torch {version})"
BOOTSTRAPPED = (
    "PyTorch is not installed in {python}; the environment that the bootstrap set up has it: {other} (torch {version})"
)
USE = "Run the program in {path}, which has torch {version}; this shows whether it works"
SIGNATURES = (
    r"PackageNotFoundError: (?:No package metadata was found for )?torch\b",
    r"The 'torch' distribution was not found|\brequires torch(?:[=<>!~][^,]{0,40})?, which is not installed",
    r"Package\(s\) not found(?: for)?: .{0,80}\btorch\b",
    r"PyTorch is not installed|PyTorch was not found|\b[Tt]orch library not found|None of PyTorch, TensorFlow",
    r"requires the PyTorch library but it was not found",
)
NOT_WHILE = (Phase.BUILDING_ISOLATED,)  # that environment is not the one that was examined
EXPLAINS = (
    "torch-not-importable",
    "unmet-requirements",
)
_CONDA_TORCH = {"pytorch", "pytorch-cpu", "pytorch-gpu"}


def check(
    torch: Reading[Torch],
    python: Python | None,
    packages: Packages | None,
    conda: Conda | None,
    environments: Environments | None,
) -> Answer:
    version = torch.value.version if torch.value else None
    gone = torch.status is Status.ABSENT or version == ""
    if version:
        return not_there("torch.version", version)
    # what could not be read, or is listed and not found, is for the import to show
    if not gone or _listed(packages, conda) or _unread(packages):
        return cannot_tell("torch.version")
    evidence = seen("torch.version", "not there", "an installed torch")
    where = (python and python.executable) or "this environment"
    other = _other(environments)
    if other is None:
        return there(evidence, python=where)
    more = seen("environments.found", f"{other.path}: torch {other.torch_version}")
    message = BOOTSTRAPPED if other.kind == "bootstrap" else ELSEWHERE
    return there(evidence, more, python=where, other=other.path, version=other.torch_version, message=message)


def remedies(environments: Environments | None) -> tuple[Action, ...]:
    other = _other(environments)
    if other is None:
        return FittingTorch(), NewEnvironment()
    look = Doctor(
        words=("check", "--python", other.path), title=USE.format(path=other.path, version=other.torch_version)
    )
    if other.kind == "bootstrap":
        return Activate(path=other.path, conda=bool(other.name)), look, FittingTorch(), NewEnvironment()
    return look, FittingTorch(), NewEnvironment()


def _listed(packages: Packages | None, conda: Conda | None) -> bool:
    by_pip = packages is not None and packages.version("torch") is not None
    return by_pip or (conda is not None and any(p.name in _CONDA_TORCH for p in conda.packages))


def _unread(packages: Packages | None) -> bool:
    """Folders of the environment could not be read; that a pasted list is cut means nothing of the kind."""
    return packages is not None and not packages.complete and any(p.location for p in packages.installed)


def _other(environments: Environments | None) -> Environment | None:
    found = environments.found if environments else ()
    return next((e for e in found if e.torch_version), None)

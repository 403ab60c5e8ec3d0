"""The interpreter in use cannot import torch.

## Why it matters
torch may be installed somewhere, but the interpreter that runs the program does not find it or cannot load it:
another environment is active, the notebook kernel is another Python, or the install is broken.

## What to do
Run the program and pip with one and the same interpreter (`python -m pip …`), then install torch there.

## References
- https://docs.python.org/3/library/exceptions.html#ModuleNotFoundError
"""

from __future__ import annotations

from doctor.facts import Packages, Python, Runtime, Torch
from doctor.model import Reading, Remedy, Risk, Severity
from doctor.rules._pip import executable, same_torch
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "`import torch` fails in {python}: {failure}"
NOT_TOLD = "the interpreter that wrote this report could not import torch"
SIGNATURES = (
    r"(?:ModuleNotFoundError|ImportError): No module named '?\"?torch'?\"?\s*$",
    r"No module named '?torch(?:vision|audio)?'?(?:$|[\s;,)!\"]|\.(?:\s|$))",
    r"name 'torch' is not defined",
    r"(?i:pytorch) version:? *N/A",
)
EXPLAINS = ("cpu-only-build-on-gpu-machine",)


def check(
    torch: Reading[Torch], runtime: Runtime | None, packages: Packages | None, python: Python | None
) -> Answer | None:
    if runtime is not None and runtime.failure is not None and not runtime.imported:
        failure = runtime.failure
        return there(
            seen("runtime.failure", failure.signal or failure.message or "no answer", "a clean import"),
            python=executable(python),
            failure=_story(failure.message, failure.signal, failure.timed_out),
        )
    not_told = torch.value is not None and torch.value.version == ""
    if not_told and packages is not None and not packages.complete:
        return there(seen("torch.version", "N/A", "a version"), message=NOT_TOLD)
    if runtime is not None and runtime.imported is False:  # a dump that prints "PyTorch version: N/A"
        return there(seen("runtime.imported", "no", "yes"), message=NOT_TOLD)
    return None


def remedies(torch: Torch | None, python: Python | None, packages: Packages | None) -> tuple[Remedy, ...]:
    code = "import sys; print(sys.executable); import torch; print(torch.__file__)"
    show = Remedy("See which interpreter and which torch are used", ((executable(python), "-c", code),), Risk.MANUAL)
    return (*same_torch(python, torch, packages, "Install torch afresh in this environment"), show)


def _story(message: str, signal: str, timed_out: bool) -> str:
    if timed_out:
        return "it did not finish in time"
    return f"the process died of {signal}" if signal else message

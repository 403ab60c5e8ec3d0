"""The interpreter in use cannot import torch.

## Why it matters
torch may be installed somewhere, but the interpreter that runs the program does not find it or cannot load it: another
environment is active, the notebook kernel is another Python, or the installation is broken.

## What to do
Run the program and pip with the same interpreter (`python -m pip …`), then install torch there.

## References
- https://docs.python.org/3/library/exceptions.html#ModuleNotFoundError
"""

from __future__ import annotations

from doctor.facts import Packages, Python, Runtime, Torch
from doctor.model import Phase, Severity
from doctor.remedy.actions import Action, AskPython, SameTorch
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "`import torch` fails in {python}: {failure}"
ALL_COMPARED = "If `torch-doctor check --full`, which compares every file, finds one that differs: reinstall torch"
NOT_TOLD = "The interpreter that wrote this report could not import torch"
SIGNATURES = (
    r"(?:ModuleNotFoundError|ImportError): No module named '?\"?torch'?\"?\s*$",
    r"No module named '?torch(?:vision|audio)?'?(?:$|[\s;,)!\"]|\.(?:\s|$))",
    r"(?i)\bno module name torch\b",  # as people tell it
    r"name 'torch' is not defined|Import \"torch(?:\.\w+)*\" could not be resolved",
    r"(?i:pytorch) version:? *N/A",
)
INSTEAD_WHILE = {
    Phase.BUILDING_ISOLATED: "build-isolation-hides-torch",  # it does not see a torch that is installed
    Phase.BUILDING: "torch-not-installed",  # pip's own interpreter runs setup.py
}
EXPLAINS = ()


def check(runtime: Runtime | None, python: Python | None) -> Answer:
    if runtime is None:
        return cannot_tell("runtime.imported")
    failure = runtime.failure
    if failure is not None and not runtime.imported:
        if failure.timed_out:  # a busy machine, a slow disk, or a hang
            return cannot_tell("runtime.imported")
        return there(
            seen("runtime.failure", failure.signal or failure.message or "no answer", "a clean import"),
            python=(python and python.executable) or "python",
            failure=f"the process died of {failure.signal}" if failure.signal else failure.message,
        )
    if runtime.imported is False:  # a dump that prints "PyTorch version: N/A"
        return there(seen("runtime.imported", "no", "yes"), message=NOT_TOLD)
    # another interpreter than the one examined may have run the program
    return cannot_tell("error.text" if runtime.imported else "runtime.imported")


def remedies(torch: Torch | None, packages: Packages | None) -> tuple[Action, ...]:
    code = "import sys; print(sys.executable); import torch; print(torch.__file__)"
    show = AskPython(code=code, title="Show which interpreter and which torch are used")
    are_whole = packages is not None and not packages.damaged and any(p.location for p in packages.installed)
    if not (torch and torch.version) or are_whole:  # then what is there would be put there again
        return show, SameTorch(title=ALL_COMPARED if are_whole else "")
    return SameTorch(), show

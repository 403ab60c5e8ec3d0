"""cuSPARSE is used with an older nvJitLink.

## Why it matters
torch's libcusparse needs libnvJitLink symbols of its own CUDA version. An older libnvJitLink (from a toolkit in
LD_LIBRARY_PATH, or a downgraded nvidia-nvjitlink wheel) lacks them, and the import fails.

## What to do
Remove the CUDA toolkit from LD_LIBRARY_PATH, and install the nvidia-nvjitlink version that torch requires.

## References
- https://github.com/pytorch/pytorch/issues/111469
"""

from __future__ import annotations

from doctor.facts import Host, Packages, Runtime, Toolkits
from doctor.model import Severity
from doctor.remedy.actions import Action
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.libraries import _shadowing

SEVERITY = Severity.ERROR
MESSAGE = "{variable} puts another libnvJitLink before the one of torch: {path}"
UNMET = "torch needs {requirement}, but {found} is installed"
SIGNATURES = (
    r"(?:undefined )?symbol:? _{0,2}nvJitLink\w+",
    r"version .?libnvJitLink\.so\.\d+.? not found|lib(?:cusparse|cusolver)\w*\.so\S*: undefined symbol: (?!cu)",
)
EXPLAINS = ("torch-not-importable", "unmet-requirements", "mixed-native-libraries")


_NAMES = ("libnvjitlink", "libcusparse")


def check(toolkits: Toolkits | None, packages: Packages | None, runtime: Runtime | None, host: Host | None) -> Answer:
    if host and host.os not in (None, "linux"):
        return not_there("host.os", host.os)
    other = _shadowing.first(toolkits, runtime, *_NAMES)
    level = _shadowing.severity(runtime, *_NAMES)
    if other is not None:
        evidence = seen("toolkits.shadowing", f"{other.variable}: {other.path}", "torch's own copy first")
        return there(evidence, variable=other.variable, path=other.path, severity=level)
    unmet = _shadowing.unmet(packages, "nvjitlink")
    if unmet is not None and unmet.found:
        evidence = seen("packages.unmet", unmet.found, unmet.requirement)
        return there(evidence, message=UNMET, requirement=unmet.requirement, found=unmet.found, severity=level)
    if runtime and runtime.imported:
        return not_there("runtime.imported", True)
    return cannot_tell("toolkits.shadowing")


def remedies(toolkits: Toolkits | None, packages: Packages | None, runtime: Runtime | None) -> tuple[Action, ...]:
    unmet = _shadowing.unmet(packages, "nvjitlink")
    shadowing = _shadowing.without(_shadowing.first(toolkits, runtime, *_NAMES))
    return (*shadowing, *((_shadowing.install(unmet),) if unmet else ()))

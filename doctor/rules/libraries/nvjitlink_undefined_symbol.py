"""cuSPARSE meets an older nvJitLink.

## Why it matters
torch's libcusparse asks libnvJitLink for symbols of its own CUDA version. An older libnvJitLink (of a toolkit in
LD_LIBRARY_PATH, or a downgraded nvidia-nvjitlink wheel) lacks them, and the import fails.

## What to do
Take the CUDA toolkit out of LD_LIBRARY_PATH, and install the nvidia-nvjitlink version torch asks for.

## References
- https://github.com/pytorch/pytorch/issues/111469
"""

from __future__ import annotations

from doctor.facts import Packages, Python, Runtime, Toolkits, Unmet
from doctor.model import Remedy, Severity
from doctor.rules._pip import environment_of, install
from doctor.rules.api import Answer, seen, there
from doctor.rules.libraries import _shadowing

SEVERITY = Severity.ERROR
MESSAGE = "{variable} puts another libnvJitLink before torch's own: {path}"
UNMET = "torch needs {requirement}, but {found} is installed"
SIGNATURES = (
    r"(?:undefined )?symbol:? _{0,2}nvJitLink\w+",
    r"version .?libnvJitLink\.so\.\d+.? not found|lib(?:cusparse|cusolver)\w*\.so\S*: undefined symbol",
)
EXPLAINS = ("torch-not-importable", "unmet-requirements", "mixed-native-libraries")


def check(toolkits: Toolkits | None, packages: Packages | None, runtime: Runtime | None) -> Answer | None:
    other = _shadowing.first(toolkits, "libnvjitlink", "libcusparse")
    if other is not None:
        evidence = seen("toolkits.shadowing", f"{other.variable}: {other.path}", "torch's own copy first")
        grade = _shadowing.severity(runtime)
        return there(evidence, variable=other.variable, path=other.path, severity=grade)
    unmet = _unmet(packages)
    if unmet is None:
        return None
    evidence = seen("packages.unmet", unmet.found, unmet.requirement)
    grade = _shadowing.severity(runtime)
    return there(evidence, message=UNMET, requirement=unmet.requirement, found=unmet.found, severity=grade)


def remedies(toolkits: Toolkits | None, packages: Packages | None, python: Python | None) -> tuple[Remedy, ...]:
    unmet = _unmet(packages)
    if unmet is None:
        return _shadowing.without(_shadowing.first(toolkits, "libnvjitlink", "libcusparse"))
    command = install(python, unmet.requirement.partition(";")[0].strip())
    return (Remedy("Install the version torch asks for", (command,), writes=environment_of(python)),)


def _unmet(packages: Packages | None) -> Unmet | None:
    found = packages.unmet if packages else ()
    return next((u for u in found if u.found and "nvjitlink" in u.requirement), None)

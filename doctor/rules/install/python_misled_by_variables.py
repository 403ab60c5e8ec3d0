"""PYTHONHOME or PYTHONPATH keeps this Python from starting.

## Why it matters
PYTHONHOME says where Python's own library lies, PYTHONPATH what is searched before it. Programs that bring a Python of
their own (GIS, CAD, simulation, a cluster's modules) set them for that one; every other Python then looks for its
library in the wrong place and ends at once: "Fatal Python error: init_fs_encoding", "No module named 'encodings'".

## What to do
Take the variable out of where it is set: a shell's startup file, a module that is loaded, Windows' environment
variables. Nothing has to be installed again.

## References
- https://docs.python.org/3/using/cmdline.html#envvar-PYTHONHOME
"""

from __future__ import annotations

from doctor.facts import Host, Python, Variables
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Rerun
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{executable} does not start with {variables} as set here, and starts without"
_NUMBER = r"[\\/]Python[.-]?(?P<own>3\d{1,2})(?:-\d\d)?[\\/]{1,2}"
_OF_ANOTHER = (
    rf"(?i)\bsys\._base_executable = '[A-Z]:[^'\n]{{0,200}}{_NUMBER}python\w{{0,3}}\.exe'\s{{1,9}}"
    r"sys\.base_prefix = '[A-Z]:[^'\n]{0,200}[\\/]Python[.-]?(?!(?P=own)\b)3\d{1,2}(?:-\d\d)?[\\/']"
)
SIGNATURES = (
    r"\bPYTHONHOME = '[^'\n]{1,300}'\s{1,9}PYTHONPATH = ['(]",  # as Python lists them
    # where its library is said to be is no place for one
    r"^\s*sys\.(?:base_)?(?:exec_)?prefix = '[^'\n]{1,250}[\\/](?:Scripts|bin|Lib|python3?(?:\.exe)?)[\\/]{0,2}'",
    # it is in the folder of another Python than the one that was started
    _OF_ANOTHER,
)
UNLESS = (r"^\s*PYTHONHOME = \(not set\)",)
EXPLAINS = ("environment-moved", "torch-not-installed", "torch-not-importable", "pip-missing")
FOR_GOOD = (
    "For good: take {variables} out of where it is set, such as a shell's startup file or a module that is loaded"
)
ON_WINDOWS = "For good: take {variables} out of Windows' environment variables (Start, “Edit environment variables”)"


def check(python: Python | None, variables: Variables | None) -> Answer:
    if python is None:
        return cannot_tell("python.misled_by")
    if not python.misled_by:
        return not_there("python.misled_by", "none")
    values = variables.values if variables else {}
    told = ", ".join(f"{name}={values.get(name, '…')}" for name in python.misled_by)
    return there(
        seen("python.misled_by", told),
        executable=python.executable or "this Python",
        variables=" and ".join(python.misled_by),
    )


def remedies(python: Python | None, host: Host | None) -> tuple[Action, ...]:
    variables = (python.misled_by if python else ()) or ("PYTHONHOME", "PYTHONPATH")
    named = " and ".join(variables)
    advice = (ON_WINDOWS if host and host.os == "windows" else FOR_GOOD).format(variables=named)
    return Rerun(unset=variables), Advice(title=advice)

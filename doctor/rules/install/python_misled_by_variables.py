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


def remedies(python: Python, host: Host | None) -> tuple[Action, ...]:
    named = " and ".join(python.misled_by)
    advice = (ON_WINDOWS if host and host.os == "windows" else FOR_GOOD).format(variables=named)
    return Rerun(unset=python.misled_by), Advice(title=advice)

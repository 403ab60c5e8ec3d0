"""The environment has lost its pyvenv.cfg, so its Python is the one that it was made with.

## Why it matters
The file `pyvenv.cfg` makes a folder a virtual environment. Without it the same `python` starts and knows nothing of the
packages there: it uses those of the Python that the environment was made with, and installs into that one.

## What to do
Let Python write the file again. What is installed in the environment is kept.

## References
- https://docs.python.org/3/library/venv.html#how-venvs-work
"""

from __future__ import annotations

from doctor.facts import Python
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, NewEnvironment
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{folder} has no pyvenv.cfg: its python uses the packages of {prefix} and installs into it"
EXPLAINS = ("torch-not-installed", "torch-not-importable", "unmet-requirements", "externally-managed-python")
AGAIN = "Write the file again with `{python} -m venv {folder}`, which keeps what is installed"


def check(python: Python | None) -> Answer:
    if python is None or python.beside is None:
        return cannot_tell("python.beside")
    if not python.beside:
        return not_there("python.prefix", python.prefix or "")
    return there(
        seen("python.beside", python.beside, "an environment with its pyvenv.cfg"),
        seen("python.prefix", python.prefix or ""),
        folder=python.beside,
        prefix=python.prefix or "another Python",
    )


def remedies(python: Python) -> tuple[Action, ...]:
    prefix = python.prefix
    if not prefix or not python.beside:
        return (NewEnvironment(),)
    own = rf"{prefix}\python.exe" if "\\" in prefix else f"{prefix}/bin/python3"
    return Advice(title=AGAIN.format(python=own, folder=python.beside)), NewEnvironment()

"""This Python has no pip.

## Why it matters
Environments of uv are made without pip, Debian's Python and Windows' embeddable one come without it, and an upgrade of
pip that was interrupted leaves half of it. Instructions that say `pip install` then fail, or reach another Python.

## What to do
Put pip into the environment, or install with uv where uv made it.

## References
- https://pip.pypa.io/en/stable/installation/
- https://docs.astral.sh/uv/pip/environments/
"""

from __future__ import annotations

from doctor.facts import Host, Python
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, NewEnvironment

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"\b(?:python|pypy)[\w.-]{0,12}['\"]?: No module named '?pip\b",
    r"(?:ModuleNotFoundError|ImportError): No module named '?pip(?![\w-])",
)
UV = "Install with `uv pip install` instead of `pip install`: environments that uv makes have no pip"
ENSURE = "Put pip into this Python with `python -m ensurepip --upgrade`"
EMBEDDABLE = "Windows' embeddable Python has neither pip nor ensurepip: install a Python from python.org instead"


def remedies(host: Host | None, python: Python | None) -> tuple[Action, ...]:
    if python and python.kind == "uv":
        return (Advice(title=UV),)
    ensure = Advice(title=ENSURE)
    if host and host.os == "windows":
        return ensure, Advice(title=EMBEDDABLE)
    return ensure, NewEnvironment(title="Where ensurepip is not there either, create an environment of your own")

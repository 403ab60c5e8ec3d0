"""The launcher `py` knows no Python of the version that is asked for.

## Why it matters
`py -3.10`, or a script whose first line asks for a version, runs only what is registered with Windows. A Python of
conda, of uv or in a folder of its own may be there and is not registered.

## What to do
Use a version that the launcher lists, install the one that is asked for, or call another Python by its path.

## References
- https://docs.python.org/3/using/windows.html
- https://peps.python.org/pep-0514/
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"No suitable Python runtime found",
    r"Requested Python version \([\w.-]{1,40}\) not installed",
    r"No runtime installed that (?:matches|can launch) \S",
    r"No suitable runtime installed\. Try running|No runtimes are installed\. Try running",
    r"No [Ii]nstalled Pythons [Ff]ound",
    r"Can't find a default Python\.",
    r"set environment variable PYLAUNCHER_ALLOW_INSTALL to use winget",
)


def remedies() -> tuple[Action, ...]:
    known = "See with `py --list` which Pythons the launcher knows, and use one of them that PyTorch supports"
    install = (
        "Install the version that is asked for from python.org (with Python's newer install manager: `py install`)"
    )
    return (
        Advice(title=known),
        Advice(title=install),
        Advice(title="Call a Python of conda, uv or a folder of its own by its path: the launcher does not know it"),
    )

"""The environment cannot be written to.

## Why it matters
Installs and repairs need to write there. The environment belongs to another user (often root), or the disk is
read-only.

## What to do
Use an environment of one's own rather than changing a shared one.

## References
- https://docs.python.org/3/library/venv.html
"""

from __future__ import annotations

from doctor.facts import Python, Storage
from doctor.model import Remedy, Risk, Severity
from doctor.rules._pip import executable
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{path} cannot be written to by this user: packages cannot be installed or repaired there"
SIGNATURES = (
    r"Could not install packages due to an (?:OSError|EnvironmentError): \[Errno 13\]",
    r"Could not install packages due to an (?:OSError|EnvironmentError): \[WinError 5\]",
    r"EnvironmentNotWritableError|The current user does not have write permissions",
    r"Defaulting to user installation because normal site-packages is not writeable",
    r"Consider using the `--user` option or check the permissions",
    r"\[Errno 30\] Read-only file system",
)


def check(storage: Storage) -> Answer | None:
    folder = next((f for f in storage.folders if f.purpose == "environment" and not f.writable), None)
    if folder is None:
        return None
    return there(
        seen("storage.folders", f"{folder.path}: not writable", "writable"), path=folder.path, severity=Severity.INFO
    )


def remedies(python: Python | None) -> tuple[Remedy, ...]:
    make = (executable(python), "-m", "venv", ".venv")
    return (Remedy("Make an environment of one's own", (make,), Risk.MANUAL, (".venv",)),)

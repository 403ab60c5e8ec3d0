"""The environment cannot be written to.

## Why it matters
Installing and repairing packages needs write access. The environment belongs to another user (often root), or the disk
is read-only.

## What to do
Use an environment of your own rather than changing a shared one.

## References
- https://docs.python.org/3/library/venv.html
"""

from __future__ import annotations

from doctor.facts import Storage
from doctor.model import Severity
from doctor.remedy.actions import Action, NewEnvironment
from doctor.rules.api import Answer, cannot_tell, seen, there
from doctor.rules.windows import windows_file_in_use

SEVERITY = Severity.ERROR
MESSAGE = "This user cannot write to {path}: packages cannot be installed or repaired there"
UNLESS = (windows_file_in_use.OWN_FILE,)
SIGNATURES = (
    r"Could not install packages due to an (?:OSError|EnvironmentError): \[(?:Errno 13|WinError 5)\]",
    r"failed to \w+ (?:directory|file).{0,200}(?:site|dist)-packages.{0,200}Permission denied \(os error 13\)",
    r"failed to \w+ (?:directory|file).{0,60}[A-Za-z]:[\\/](?i:Program).{0,300}\(os error 5\)",
    r"EnvironmentNotWritableError|NoWritableEnvsDirError|The current user does not have write permissions",
    r"Consider using the `--user` option or check the permissions",
    r"\berror: could not create '(?:[A-Za-z]:[\\/]{1,2}[Pp]rogram|/usr/|/opt/)[^'\n]{1,300}': "
    r"(?:Access|Permission) (?:is )?denied",
    r"\[Errno 13\].{2,60}'[A-Za-z]:[\\/]{1,2}Program Files[\\/]{1,2}WindowsApps[\\/]",
    r"PermissionError: \[WinError 5\].{2,60}'[A-Za-z]:[\\/](?i:Program(?: Files|Data))[^'\n]{1,300}site-packages\b",
    r"error: could not create '[\w.-]{1,80}\.egg-info': (?:Access|Permission) (?:is )?denied",
    r"\[WinError 2\] .{2,80}\.exe' -> '[^'\n]{1,300}\.exe\.deleteme'",  # what pip could not write over
    r"\[Errno 30\] Read-only file system",
    r"PermissionError: \[Errno 13\] .{2,60}: '/[^'\n]{0,200}(?:site|dist)-packages\b",
)


def check(storage: Storage) -> Answer:
    folder = next((f for f in storage.folders if f.purpose == "environment" and not f.writable), None)
    if folder is None:
        return cannot_tell("error.text")  # pip may have been that of another environment
    return there(
        seen("storage.folders", f"{folder.path}: not writable", "writable"), path=folder.path, severity=Severity.INFO
    )


def remedies() -> tuple[Action, ...]:
    return (NewEnvironment(),)

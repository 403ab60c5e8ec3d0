"""OneDrive gets between a program and its files.

## Why it matters
A folder that OneDrive keeps holds files that are in the cloud only, and its driver does not allow all that installers
do with files: hard links, junctions. An environment has tens of thousands of small files, which it would upload, too.

## What to do
Keep the project, its environment and the caches of the tools in a folder that OneDrive does not keep, such as one in
%LOCALAPPDATA%.

## References
- https://learn.microsoft.com/windows/win32/cfapi/cloud-files-api-portal
- https://docs.astral.sh/uv/reference/environment/
"""

from __future__ import annotations

from doctor.facts import ErrorText, Storage
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Rerun
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "The environment lies in a folder that OneDrive keeps: {path}"
_CODE = r"(?:WinError|os error)"
SIGNATURES = (
    rf"\({_CODE} 396\)|\[{_CODE} 396\]",  # a cloud file and hard links
    rf"\b{_CODE} (?:358|36[2-7]|37[4-9]|38\d|39[0-8])\b",  # ERROR_CLOUD_FILE_...
    rf"\b{_CODE} 4393\b",
    rf"\b{_CODE} 448\b",
    r"(?i)The cloud file provider is not running|The cloud operation (?:was unsuccessful|is invalid"
    r"|cannot be performed on a file with incompatible hardlinks)|Access to the cloud file is denied",
)
APART = "Move the project and its environment to a folder outside OneDrive"
UV = "Set UV_PYTHON_INSTALL_DIR and UV_CACHE_DIR to folders that OneDrive does not keep, and reinstall Python"


def check(storage: Storage, error: ErrorText | None) -> Answer:
    """A note: most things work there, and a text says what did not."""
    folder = next((f for f in storage.folders if f.purpose == "environment" and f.onedrive), None)
    if folder is None or error:
        return cannot_tell("error.text")
    evidence = seen("storage.folders", f"{folder.path}, kept by OneDrive", "a folder that is not")
    return there(evidence, severity=Severity.INFO, path=folder.path)


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    text = error.text if error else ""
    moved = Advice(title=APART)
    if "hardlink" in text:
        uv = ("uv", "pip", "install", "PACKAGE")
        return moved, Rerun(set=(("UV_LINK_MODE", "copy"),), program=uv, title="Let uv copy files instead of linking")
    return (moved, Advice(title=UV)) if "uv" in text else (moved,)

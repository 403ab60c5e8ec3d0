"""A policy of Windows refuses to load a file (Smart App Control, App Control, AppLocker).

## Why it matters
These policies run only what is signed or well known. Most DLLs of torch and of other Python packages are not signed, so
the import fails although every file is there and in order. Installing again changes nothing.

## What to do
On a managed machine, its administrators decide. Smart App Control has no exceptions: whether it stays on is the owner's
decision, and older Windows 11 cannot turn it on again without a reset. Under WSL, it does not judge Linux programs.

## References
- https://learn.microsoft.com/windows/apps/develop/smart-app-control/overview
- https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/
"""

from __future__ import annotations

from doctor.facts import ErrorText, Host, Runtime
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "Smart App Control is on: if `import torch` fails with WinError 4551, it refuses torch's unsigned DLLs"
SIGNATURES = (
    r"\bWinError (?:4551|1260|577)\b|\(os error (?:4551|1260|577)\)|\b0x800711C7\b",
    r"An Application Control policy has blocked this file",
    r"This program is blocked by group policy|blocked by software restriction policies",
    r"Your organization used .{5,60} to block this app",
    r"Smart App Control (?:has )?blocked|智能应用控制已阻止",
    r"Windows cannot verify the digital signature for this file",
)
EXPLAINS = (
    "foreign-extension-dll-load",
    "windows-dll-load-126",
    "windows-dll-load-1114",
    "torch-not-importable",
    "package-missing",
)


def check(host: Host, runtime: Runtime | None, error: ErrorText | None) -> Answer:
    if host.os != "windows":
        return not_there("host.os", host.os) if host.os else cannot_tell("host.os")
    if host.smart_app_control != "on" or runtime or error:
        return cannot_tell("runtime.failure")  # other policies refuse files, too, and what is refused says so
    return there(seen("host.smart_app_control", "on"), severity=Severity.INFO)


def remedies() -> tuple[Action, ...]:
    state = (
        "See what refuses it: `(Get-MpComputerStatus).SmartAppControlState` in PowerShell, and the Event Viewer under"
    )
    return (
        Advice(title=f"{state} Applications and Services Logs > Microsoft > Windows > CodeIntegrity > Operational"),
        Advice(
            title="On a machine of a company or school, ask its administrators to allow Python and the DLLs of torch"
        ),
        Advice(title="Use PyTorch under WSL, whose Linux programs Smart App Control does not judge"),
    )

"""The last word of a report, the same in every format."""

from __future__ import annotations

from doctor.model import Severity, Verdict
from doctor.report import Report

HEALTHY = "Healthy: nothing here keeps PyTorch from working."
HEALTHY_TEXT = "Nothing in this text keeps PyTorch from working."
FAST = "Healthy as far as --fast can tell: torch was not imported."
MACHINE = "Nothing on this machine is in PyTorch's way; environments were not looked at."
WITH_WARNINGS = "No errors, {warnings}."
UNDETERMINED = "Undetermined: no error was found, but something decisive could not be examined."
SUSPECTS = "torch finds no CUDA device. What would explain it, nearest first:"
SICK = "{problems} to fix, root causes first."


def headline(report: Report, *, from_text: bool = False) -> str:
    """One sentence: healthy, to be mended, or undetermined."""
    if report.verdict is Verdict.SICK:
        problems = len([f for f in report.of(Severity.ERROR) if f.caused_by is None])
        return SICK.format(problems=_counted(problems, "problem"))
    if report.verdict is Verdict.UNDETERMINED:
        return UNDETERMINED
    if warnings := len(report.of(Severity.WARNING)):
        return WITH_WARNINGS.format(warnings=_counted(warnings, "warning"))
    if report.facts.torch.reason.startswith("--machine"):
        return MACHINE
    left_out = report.facts.runtime.reason.startswith("--fast")
    return HEALTHY_TEXT if from_text else FAST if left_out else HEALTHY


def open_questions(report: Report) -> tuple[str, ...]:
    """What was not seen, where that is what the verdict rests on."""
    return report.undetermined if report.verdict is Verdict.UNDETERMINED else ()


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"

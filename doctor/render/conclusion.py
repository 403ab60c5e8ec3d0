"""The last word of a report, the same in every format."""

from __future__ import annotations

from doctor.model import Finding, Severity, Verdict
from doctor.report import Report

HEALTHY = "Healthy: nothing here keeps PyTorch from working."
HEALTHY_TEXT = "Nothing in this text keeps PyTorch from working."
FAST = "Healthy as far as --fast can tell: torch was not imported."
MACHINE = "Nothing on this machine is in PyTorch's way; environments were not looked at."
WITH_WARNINGS = "No errors, {warnings}."
UNDETERMINED = "Undetermined: no error was found, but something decisive could not be examined."
SUSPECTS = "torch finds no CUDA device. What would explain it, nearest first:"
EXPLAINS = "This also explains: {rules}"
WOULD_EXPLAIN = "This would explain: {rules}"
SICK = "{problems} to fix, root causes first."


def headline(report: Report, *, from_text: bool = False) -> str:
    """One sentence: healthy, to be mended, or undetermined."""
    if report.verdict is Verdict.SICK:
        return SICK.format(problems=_counted(len(report.primary), "problem"))
    if report.verdict is Verdict.UNDETERMINED:
        return UNDETERMINED
    if warnings := len(report.of(Severity.WARNING)):
        return WITH_WARNINGS.format(warnings=_counted(warnings, "warning"))
    if report.facts.torch.reason.startswith("--machine"):
        return MACHINE
    left_out = report.facts.runtime.reason.startswith("--fast")
    return HEALTHY_TEXT if from_text else FAST if left_out else HEALTHY


def explained_by(finding: Finding, report: Report, quote: str = "") -> str:
    """The consequences of a finding, each between `quote`s; "" where there are none."""
    after = [f"{quote}{f.rule}{quote}" for f in report.findings if f.caused_by == finding.rule]
    template = WOULD_EXPLAIN if finding.likely else EXPLAINS
    return template.format(rules=", ".join(after)) if after else ""


def open_questions(report: Report) -> tuple[str, ...]:
    """What was not seen, where that is what the verdict rests on."""
    return report.undetermined if report.verdict is Verdict.UNDETERMINED else ()


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"

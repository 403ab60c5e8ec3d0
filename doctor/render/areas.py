"""The report's areas: which rule folders belong to each, and the one line that sums an area up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from doctor.facts import Facts
from doctor.model import Finding, Reading, Severity, Status, Verdict
from doctor.render import summaries
from doctor.report import Report

COMPANION_RULES = (
    "torch-torchvision-mismatch",
    "torchaudio-mismatch",
    "torchcodec-mismatch",
    "torchvision-image-extension",
    "extension-abi-mismatch",
)
NOT_LOOKED = "{field}: {reason}"
NOT_TOLD = "not in the text"
BELOW = "see below"


class Area(msgspec.Struct, frozen=True):
    """`folders` and `rules` say whose findings belong here, `fields` whose failed readings make the area unknown.

    `decides`: a report that tells nothing of it leaves the verdict open, so that has to be seen.
    """

    title: str
    folders: tuple[str, ...]
    fields: tuple[str, ...]
    summary: Callable[[Facts], str]
    rules: tuple[str, ...] = ()
    decides: bool = False
    unseen: Callable[[Facts], str] = lambda _: ""


class Row(msgspec.Struct, frozen=True):
    """One line of the report. `state`: "ok", "info", "warning", "error" or "unknown"."""

    title: str
    state: str
    text: str


def rows(report: Report, *, from_text: bool = False) -> list[Row]:
    """One row an area that has something to say, or that decides and was not seen."""
    drawn = [_row(area, report, from_text) for area in AREAS]
    return [row for row in drawn if row.text]


def _row(area: Area, report: Report, from_text: bool) -> Row:
    findings = [f for f in report.findings if _belongs(f, area)]
    readings = [(name, getattr(report.facts, name)) for name in area.fields]
    problems = [NOT_LOOKED.format(field=n, reason=r.reason) for n, r in readings if _broken(r)]
    files = [file for _, r in readings for file in getattr(r.value, "config_files", ())]
    problems += [f"{file.path} {file.problem}" for file in files if file.problem]
    if from_text and area.decides and not findings and all(r.status is Status.SKIPPED for _, r in readings):
        problems.append(NOT_TOLD)
    if report.verdict is Verdict.UNDETERMINED and (open_question := area.unseen(report.facts)):
        problems.append(open_question)
    state = _state(findings, bool(problems))
    text = "; ".join(dict.fromkeys(part for part in (area.summary(report.facts), *problems) if part))
    return Row(area.title, state, text or (BELOW if findings and state in ("error", "warning") else ""))


def _belongs(finding: Finding, area: Area) -> bool:
    if finding.rule in COMPANION_RULES:
        return finding.rule in area.rules
    return finding.area in area.folders


def _broken(reading: Reading[Any]) -> bool:
    return reading.status in (Status.TIMEOUT, Status.CRASHED, Status.DENIED)


def _state(findings: list[Finding], unknown: bool) -> str:
    for severity in (Severity.ERROR, Severity.WARNING):
        if any(f.severity is severity for f in findings):
            return severity.value
    return "unknown" if unknown else "ok"


AREAS = (
    Area("Machine", ("platform", "system", "resources"), ("host", "cpu", "memory", "storage"), summaries.machine),
    Area("Python", ("install",), ("python", "conda"), summaries.python),
    Area("Packages", ("packages", "numpy"), ("packages",), summaries.packages),
    Area(
        "GPU",
        ("gpu", "driver", "cuda", "amd", "intel", "nccl"),
        ("nvidia", "amd", "intel", "apple"),
        summaries.accelerators,
        decides=True,
        unseen=summaries.not_computed,
    ),
    Area(
        "PyTorch",
        ("torch", "build", "libraries", "windows", "toolchain"),
        ("torch", "runtime"),
        summaries.torch,
        decides=True,
        unseen=summaries.not_imported,
    ),
    Area("Companions", (), (), summaries.companions, COMPANION_RULES, unseen=summaries.companion_open),
    Area("Data loading", ("dataloader", "dataset"), (), summaries.loading),
    Area("Sources", ("network",), ("sources",), summaries.sources),
)

from __future__ import annotations

from doctor.fix.plan import plan
from doctor.model import Evidence, Finding, Remedy, Risk, Severity, Verdict
from doctor.report import Report
from tests.diagnose.making import report as made


def finding(rule: str, *remedies: Remedy, severity: Severity = Severity.ERROR, caused_by: str | None = None) -> Finding:
    return Finding(rule, severity, rule, (Evidence("f", "x"),), remedies, caused_by is None, caused_by)


def report(*findings: Finding) -> Report:
    return made(Verdict.SICK, findings=findings)


REINSTALL = Remedy("reinstall", (("pip", "install", "torch"),))
DRIVER = Remedy("install the driver", (("apt", "install", "nvidia-driver"),), Risk.ADMIN)


def test_the_first_safe_remedy_is_a_step() -> None:
    planned = plan(report(finding("a", DRIVER, REINSTALL)))
    assert [s.remedy for s in planned.steps] == [REINSTALL]
    assert planned.manual == ()


def test_what_needs_root_is_left_to_a_person() -> None:
    planned = plan(report(finding("a", DRIVER)))
    assert planned.steps == ()
    assert [(s.rule, s.remedy.risk) for s in planned.manual] == [("a", Risk.ADMIN)]


def test_consequences_and_notes_are_not_planned_for() -> None:
    caused = finding("b", REINSTALL, caused_by="a")
    note = finding("c", REINSTALL, severity=Severity.INFO)
    assert plan(report(caused, note)).steps == ()


def test_a_named_rule_is_planned_for_even_as_a_consequence() -> None:
    planned = plan(report(finding("a", DRIVER), finding("b", REINSTALL, caused_by="a")), ["b"])
    assert [s.rule for s in planned.steps] == ["b"]
    assert planned.manual == ()


def test_a_remedy_that_two_findings_share_is_done_once() -> None:
    planned = plan(report(finding("a", REINSTALL), finding("b", REINSTALL)))
    assert [s.rule for s in planned.steps] == ["a"]


def test_equal_commands_inside_a_remedy_are_all_kept() -> None:
    remove = ("pip", "uninstall", "-y", "torch")
    twice = Remedy("one copy of two", (remove, remove, ("pip", "install", "torch")))
    (step,) = plan(report(finding("a", twice))).steps
    assert step.remedy.commands == (remove, remove, ("pip", "install", "torch"))

from __future__ import annotations

from doctor.facts import Facts
from doctor.fix.plan import plan
from doctor.model import Evidence, Finding, Remedy, Risk, Severity
from doctor.report import Report


def finding(rule: str, *remedies: Remedy, severity: Severity = Severity.ERROR, caused_by: str | None = None) -> Finding:
    return Finding(rule, severity, rule, (Evidence("f", "x"),), remedies, caused_by is None, caused_by)


def report(*findings: Finding) -> Report:
    return Report(False, findings, (), Facts(), {})


REINSTALL = Remedy("reinstall", (("pip", "install", "torch"),))
DRIVER = Remedy("install the driver", (("apt", "install", "nvidia-driver"),), Risk.ADMIN)


def test_the_first_safe_remedy_is_a_step() -> None:
    made = plan(report(finding("a", DRIVER, REINSTALL)))
    assert [s.argv for s in made.steps] == [("pip", "install", "torch")]
    assert made.manual == ()


def test_what_needs_root_is_left_to_a_person() -> None:
    made = plan(report(finding("a", DRIVER)))
    assert made.steps == ()
    assert [(s.rule, s.risk) for s in made.manual] == [("a", Risk.ADMIN)]


def test_consequences_and_notes_are_not_planned_for() -> None:
    caused = finding("b", REINSTALL, caused_by="a")
    note = finding("c", REINSTALL, severity=Severity.INFO)
    assert plan(report(caused, note)).steps == ()


def test_a_named_rule_is_planned_for_even_as_a_consequence() -> None:
    made = plan(report(finding("a", DRIVER), finding("b", REINSTALL, caused_by="a")), ["b"])
    assert [s.rule for s in made.steps] == ["b"]
    assert made.manual == ()


def test_the_same_command_is_run_once() -> None:
    made = plan(report(finding("a", REINSTALL), finding("b", REINSTALL)))
    assert [s.rule for s in made.steps] == ["a"]

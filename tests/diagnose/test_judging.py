from __future__ import annotations

from typing import Any

import msgspec
import pytest

from doctor.diagnose import arguments, diagnose, fields_of, judge, remedies_of
from doctor.facts import Facts, Nvidia, Runtime, Torch
from doctor.model import Broken, Finding, Reading, Status, Verdict, absent, ok
from doctor.remedy.actions import Action, Advice
from doctor.rules.api import Answer, NotThere, cannot_tell, not_there, seen, there
from tests.diagnose.making import rule


def always(torch: Torch) -> Answer:
    return there(seen("torch.version", torch.version), version=torch.version)


WITH_TORCH = Facts(torch=ok(Torch(version="2.7.1")))


def test_the_problem_is_there() -> None:
    found = judge(rule(always), WITH_TORCH)
    assert isinstance(found, Finding)
    assert found.message == "torch is 2.7.1"
    assert [(e.fact, e.seen) for e in found.evidence] == [("torch.version", "2.7.1")]


def test_the_problem_is_not_there_and_what_clears_it_is_kept() -> None:
    def check(torch: Torch) -> Answer:
        return not_there("torch.version", torch.version)

    cleared = judge(rule(check), WITH_TORCH)
    assert isinstance(cleared, NotThere)
    assert cleared.evidence[0].seen == "2.7.1"


def test_it_cannot_be_told_and_what_is_missing_is_named() -> None:
    def check(torch: Torch) -> Answer:
        return cannot_tell("torch.build")

    report = diagnose(WITH_TORCH, [rule(check)])
    assert [(u.rule, u.reason) for u in report.unknown] == [("disk-full", "torch.build")]


def test_a_finding_without_evidence_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one piece of evidence"):
        there(version="1")


def test_a_fact_that_could_not_be_looked_at_leaves_the_rule_open() -> None:
    facts = Facts(torch=Reading(Status.TIMEOUT, reason="no answer in 5 s"))
    report = diagnose(facts, [rule(always)])
    assert report.findings == ()
    assert [(u.rule, u.reason) for u in report.unknown] == [("disk-full", "torch: no answer in 5 s")]
    assert report.healthy is None


def test_a_thing_that_is_known_not_to_be_there_clears_a_rule_about_it() -> None:
    cleared = judge(rule(always), Facts(torch=absent("no torch found")))
    assert isinstance(cleared, NotThere)
    assert cleared.evidence[0].seen == "no torch found"


def test_optional_facts_are_none_and_readings_are_handed_over() -> None:
    def asks(torch: Torch | None, runtime: Reading[Runtime], facts: Facts) -> Answer: ...

    given = arguments(asks, Facts())
    assert isinstance(given, dict)
    assert given["torch"] is None
    assert given["runtime"].status is Status.SKIPPED
    assert isinstance(given["facts"], Facts)


def fails(torch: Torch) -> Answer:
    raise KeyError("nope")


def wrong_key(torch: Torch) -> Answer:
    return there(seen("torch.version", torch.version), release=torch.version)


def wrong_answer(torch: Torch) -> Any:
    return "yes"


@pytest.mark.parametrize(
    ("check", "error"),
    [
        (fails, "KeyError: 'nope'"),
        (wrong_key, "KeyError: 'version'"),
        (wrong_answer, "TypeError: check returned 'yes'"),
    ],
)
def test_a_rule_that_breaks_is_told_as_our_bug_and_costs_only_itself(check: Any, error: str) -> None:
    report = diagnose(WITH_TORCH, [rule(check, "disk-full"), rule(always, "numpy-missing")])
    assert [f.rule for f in report.findings] == ["numpy-missing"]
    assert [b.rule for b in report.broken] == ["disk-full"]
    assert report.broken[0].error.startswith(error)
    assert "line " in report.broken[0].place
    assert "bug in torch-doctor" in " ".join(report.undetermined)


def test_a_broken_rule_is_never_healthy() -> None:
    assert diagnose(WITH_TORCH, [rule(fails)], only=True).verdict is Verdict.UNDETERMINED


def test_the_place_of_a_break_is_the_line_in_the_rules_own_file() -> None:
    broken = judge(rule(fails), WITH_TORCH)
    assert isinstance(broken, Broken)
    assert broken.place.startswith("test_judging.py, line ")


def test_remedies_that_break_leave_the_finding() -> None:
    def remedies() -> tuple[Action, ...]:
        raise OSError("disk on fire")

    report = diagnose(WITH_TORCH, [rule(always, remedies=remedies)])
    assert [f.rule for f in report.findings] == ["disk-full"]
    assert report.findings[0].remedies == ()
    assert report.broken[0].error == "OSError: disk on fire"


def test_remedies_that_need_missing_facts_are_left_out() -> None:
    def remedies(nvidia: Nvidia) -> tuple[Action, ...]:
        raise AssertionError("not to be called without nvidia")

    assert remedies_of(rule(always, remedies=remedies), WITH_TORCH) == ()


def test_actions_become_remedies() -> None:
    report = diagnose(WITH_TORCH, [rule(always, remedies=lambda: (Advice(title="Ask"),))])
    assert [msgspec.to_builtins(r)["title"] for r in report.findings[0].remedies] == ["Ask"]


def test_fields_of_rules_are_those_their_functions_name() -> None:
    assert fields_of([rule(always)]) == ("torch",)

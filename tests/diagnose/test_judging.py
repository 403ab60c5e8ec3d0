from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from doctor.diagnose import Missing, arguments, diagnose, fields_of, judge
from doctor.facts import ErrorText, Facts, Failure, Module, Runtime, Torch
from doctor.model import Reading, Severity, Status, ok
from doctor.rules import Rule
from doctor.rules.api import Hit, hit, seen


def rule(check: Any = None, rule_id: str = "some-rule", **more: Any) -> Rule:
    fields: dict[str, Any] = {"severity": Severity.ERROR, "message": "torch is {version}", "signatures": ()}
    module = SimpleNamespace(check=check, remedies=more.pop("remedies", None))
    return Rule(
        id=rule_id, area="torch", title="A title", doc="A title.", explains=(), module=module, **{**fields, **more}
    )


def always(torch: Torch) -> Hit | None:
    return hit(seen("torch.version", torch.version), version=torch.version)


WITH_TORCH = Facts(torch=ok(Torch(version="2.7.1")))


def test_a_hit_becomes_a_finding_with_its_message_and_evidence() -> None:
    found = judge(rule(always), WITH_TORCH)
    assert found is not None
    assert found.message == "torch is 2.7.1"
    assert [(e.fact, e.seen) for e in found.evidence] == [("torch.version", "2.7.1")]


def test_a_finding_without_evidence_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one piece of evidence"):
        hit(version="1")


def test_a_fact_that_could_not_be_looked_at_makes_the_rule_unknown() -> None:
    facts = Facts(torch=Reading(Status.TIMEOUT, reason="no answer in 5 s"))
    report = diagnose(facts, [rule(always)])
    assert report.findings == ()
    assert [(u.rule, u.reason) for u in report.unknown] == [("some-rule", "torch: no answer in 5 s")]
    assert report.healthy


def test_optional_facts_are_none_and_readings_are_handed_over() -> None:
    def asks(torch: Torch | None, runtime: Reading[Runtime], facts: Facts) -> Hit | None: ...

    given = arguments(asks, Facts())
    assert given["torch"] is None
    assert given["runtime"].status is Status.SKIPPED
    assert isinstance(given["facts"], Facts)


def test_a_rule_that_breaks_says_so_and_costs_only_itself() -> None:
    def broken(torch: Torch) -> Hit | None:
        raise KeyError("nope")

    report = diagnose(WITH_TORCH, [rule(broken, "broken-rule"), rule(always)])
    assert [f.rule for f in report.findings] == ["some-rule"]
    assert "the rule itself failed: KeyError" in report.unknown[0].reason
    with pytest.raises(Missing):
        judge(rule(broken), WITH_TORCH)


def test_remedies_that_need_missing_facts_are_left_out() -> None:
    def remedies(nvidia: Any) -> tuple[()]:
        raise AssertionError("not to be called without nvidia")

    remedies.__annotations__ = {"nvidia": "Nvidia", "return": "tuple"}
    found = judge(rule(always, remedies=remedies), WITH_TORCH)
    assert found is not None
    assert found.remedies == ()


def test_fields_of_rules_are_those_their_functions_name() -> None:
    assert fields_of([rule(always)]) == ("torch",)


def test_the_text_a_user_saw_names_the_cause() -> None:
    facts = Facts(error=ok(ErrorText("RuntimeError: operator torchvision::nms does not exist")))
    report = diagnose(facts)
    assert [f.rule for f in report.primary] == ["torch-torchvision-mismatch"]
    assert report.primary[0].evidence[0].fact == "error.text"


def test_a_failure_seen_in_the_target_is_read_like_an_error_text() -> None:
    failure = Failure("libcudart.so.11.0: cannot open shared object file: No such file or directory")
    runtime = Runtime(imported=True, modules=(Module("torchvision", "0.15.0", failure),))
    report = diagnose(Facts(runtime=ok(runtime)))
    assert "cuda-runtime-lib-missing" in [f.rule for f in report.findings]


def test_a_consequence_stands_under_its_cause() -> None:
    facts = Facts(
        torch=ok(Torch(version="2.5.1+cpu", build="cpu", cuda_version="")),
        error=ok(ErrorText("RuntimeError: operator torchvision::nms does not exist")),
    )
    report = diagnose(facts)
    for finding in report.findings:
        assert finding.primary == (finding.caused_by is None and finding.severity is Severity.ERROR)

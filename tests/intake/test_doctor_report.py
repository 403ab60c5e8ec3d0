from __future__ import annotations

import json

import msgspec

from doctor.facts import Facts, Torch
from doctor.intake import doctor_report
from doctor.intake.recognise import examine
from doctor.model import SCHEMA_VERSION, Status, Verdict, ok
from tests.diagnose.making import report

FACTS = Facts(torch=ok(Torch(version="2.5.1+cu124", cuda_version="12.4")))
REPORT = msgspec.json.encode(report(Verdict.SOUND, FACTS)).decode()


def test_a_report_comes_back_as_it_was():
    assert examine(REPORT).facts == FACTS


def test_inside_prose_and_a_fence():
    found = examine(f"Here it is {{not json}}:\n```json\n{REPORT}\n```\nthanks")
    assert found.facts.torch == FACTS.torch


def test_of_a_newer_schema_with_unknown_fields():
    report = json.loads(REPORT)
    report["schema_version"] = SCHEMA_VERSION + 1
    report["facts"]["telepathy"] = {"status": "ok"}
    report["facts"]["torch"]["value"]["colour"] = "blue"
    found = examine(json.dumps(report))
    assert found.facts.torch.value is not None
    assert found.facts.torch.value.version == "2.5.1+cu124"
    assert "newer" in found.notes[0]


def test_a_field_that_cannot_be_read_does_not_spoil_the_others():
    report = json.loads(REPORT)
    report["facts"]["cpu"] = {"status": "quantum", "value": 5}
    facts = examine(json.dumps(report)).facts
    assert facts.cpu.status is Status.SKIPPED
    assert facts.torch.ok


def test_deeply_nested_json_is_no_report():
    assert doctor_report.find('{"a":' * 100_000)[0] is None
    assert doctor_report.find('{"facts": ' + "[" * 100_000)[0] is None

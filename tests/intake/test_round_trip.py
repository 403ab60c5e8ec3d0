"""A report that comes back through `--from` is judged as the machine was."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from doctor.diagnose import diagnose
from doctor.facts import Facts
from doctor.intake.recognise import examine
from doctor.render import document
from doctor.report import Report
from tests.each import each
from tests.intake.formats.sample_files import Sample, all_samples, read

MACHINES = sorted((Path(__file__).parents[1] / "machines").glob("*.json"))


def again(report: Report) -> Report:
    return diagnose(examine(document(report, "json")).facts)


def judged(report: Report) -> tuple[object, ...]:
    return report.verdict, report.undetermined, report.suspects, report.findings


@each("path", MACHINES, ids=str)
def test_of_a_machine(path: Path):
    report = diagnose(msgspec.convert(json.loads(path.read_text("utf-8"))["facts"], Facts))
    assert judged(again(report)) == judged(report)


@each("sample", all_samples, ids=str)
def test_of_a_text(sample: Sample):
    report = diagnose(read(sample.text).facts)
    assert judged(again(report)) == judged(report)

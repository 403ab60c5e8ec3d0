"""Every format's samples are read whole: the facts that they tell, nothing else of what decides, and every line."""

from __future__ import annotations

from doctor.intake.formats import FORMATS
from tests.each import each
from tests.intake.formats.sample_files import Sample, all_samples, deciding, read, unread, value_at

each_sample = each("sample", all_samples, ids=str)


@each_sample
def test_what_a_sample_tells_is_read(sample: Sample):
    facts = read(sample.text).facts
    assert {place: value_at(facts, place) for place in sample.facts} == sample.facts


@each_sample
def test_nothing_else_of_what_decides_is_read(sample: Sample):
    told = deciding(read(sample.text).facts)
    assert {place: value for place, value in told.items() if place not in sample.facts} == {}


@each_sample
def test_every_line_is_taken(sample: Sample):
    assert unread(sample) == []


@each_sample
def test_where_a_fact_stands_is_said(sample: Sample):
    facts = read(sample.text).facts
    lines = sample.text.split("\n")
    for name in facts.__struct_fields__:
        for origin in getattr(facts, name).origins.values():
            assert origin.inferred or (origin.line is not None and 0 < origin.line <= len(lines))


@each("name", [one.__name__.rpartition(".")[2] for one in FORMATS])  # type: ignore[attr-defined]
def test_every_format_has_two_layouts(name: str):
    assert sum(sample.form == name for sample in all_samples()) > 1

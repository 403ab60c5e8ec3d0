"""What a text is about is the same after redaction: the same cause first, the same facts."""

from __future__ import annotations

import msgspec

from doctor.explain.rank import rank
from doctor.explain.scan import scan
from doctor.intake.recognise import examine
from doctor.privacy import redact
from tests.each import each
from tests.explain import example_files
from tests.intake.formats.sample_files import Sample, all_samples


def first(text: str) -> str:
    return next((cause.rule for cause in rank(scan(text))), "")


def test_every_example_names_the_same_cause_first() -> None:
    """Each is redacted as the program would, so that what changes nothing is not read again."""
    changed = [(example, redact(example.text)) for example in example_files.every()]
    wrong = [str(example) for example, shown in changed if shown != example.text and first(shown) != example.first]
    assert not wrong


def facts_of(text: str) -> object:
    """All that a text tells, with stand-ins where it tells something private."""
    return _redacted(msgspec.to_builtins(examine(text).facts))


def _redacted(value: object) -> object:
    if isinstance(value, dict):
        return {name: _redacted(inner) for name, inner in value.items() if name not in ("took_ms", "origins")}
    if isinstance(value, list | tuple):
        return [_redacted(inner) for inner in value]
    return redact(value) if isinstance(value, str) else value


@each("sample", all_samples, ids=str)
def test_every_sample_tells_the_same(sample: Sample) -> None:
    shown = redact(sample.text)
    if shown != sample.text:
        assert facts_of(shown) == facts_of(sample.text)

"""What fails inside a report is no line of its format: it is judged as a text."""

from __future__ import annotations

import pytest

from doctor import explain
from doctor.intake.recognise import examine
from tests.intake.formats.sample_files import all_samples

SAMPLES = {f"{sample.form}/{sample.name}": sample.text for sample in all_samples()}


@pytest.mark.parametrize(
    ("sample", "words", "rule"),
    [
        ("xformers_info/other_torch", "xFormers can't load C++/CUDA extensions", "extension-abi-mismatch"),
    ],
)
def test_what_fails_is_judged(sample: str, words: str, rule: str):
    error = examine(SAMPLES[sample], lambda text: bool(explain.causes(text))).facts.error.value
    assert error is not None
    assert words in error.text
    assert rule in [cause.rule for cause in explain.causes(error.text)]

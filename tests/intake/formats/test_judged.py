"""What fails inside a report is judged, as a text or as a module that does not load."""

from __future__ import annotations

import pytest

from doctor import explain
from doctor.diagnose import diagnose
from doctor.intake.recognise import examine
from tests.intake.formats.sample_files import all_samples

SAMPLES = {f"{sample.form}/{sample.name}": sample.text for sample in all_samples()}


def found(sample: str) -> list[str]:
    facts = examine(SAMPLES[sample], lambda text: bool(explain.causes(text))).facts
    return [finding.rule for finding in diagnose(facts).findings]


@pytest.mark.parametrize(
    ("sample", "rule"),
    [
        ("xformers_info/other_torch", "extension-abi-mismatch"),
        ("detectron2/not_built", "extension-abi-mismatch"),
        ("bitsandbytes/banner_failed", "bitsandbytes-library-missing"),
    ],
)
def test_what_fails_is_judged(sample: str, rule: str):
    assert rule in found(sample)


@pytest.mark.parametrize(
    "sample", ["ds_report/linux", "bitsandbytes/banner", "bitsandbytes/new", "hugging_face/transformers_4_57"]
)
def test_a_sound_report_is_not_blamed_for_what_it_only_mentions(sample: str):
    assert set(found(sample)) <= {"toolkit-torch-cuda-mismatch"}

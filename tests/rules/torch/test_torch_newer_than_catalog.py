"""torch-newer-than-catalog."""

import pytest

from doctor import catalog
from doctor.facts import Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open

RULE = "torch-newer-than-catalog"


@pytest.mark.parametrize("version", ["9.1.0", "9.1.0+cu140"])
def test_a_release_of_next_year_is_said_with_the_day_of_the_catalog(version):
    found = finding(RULE, torch=Torch(version=version))
    assert found is not None and found.severity is Severity.INFO
    assert catalog.releases().as_of in found.message and catalog.all_releases()[0].torch in found.message
    assert commands(found) == [("torch-doctor", "match", "--refresh")]


def test_known_ones_clear_it_and_source_builds_follow_no_catalog():
    assert is_cleared(RULE, torch=Torch(version="2.15.0+cu132"))
    assert is_cleared(RULE, torch=Torch(version="2.9.1"))
    assert is_open(RULE, torch=Torch(version="9.1.0a0+gitabc"))
    assert is_open(RULE, torch=Torch(version="9.1.0.dev20270101"))

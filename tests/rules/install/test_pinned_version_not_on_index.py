"""pinned-version-not-on-index."""

from tests.rules.judging import points_to

RULE = "pinned-version-not-on-index"


def test_texts():
    line = "ERROR: Could not find a version that satisfies the requirement torch==1.13.1 (from versions: 2.0.0, 2.0.1)"
    assert points_to(RULE, line)
    line = "Because there is no version of torch==2.9.9 and you require torch==2.9.9, we can conclude that"
    assert points_to(RULE, line)
    line = "ERROR: Could not find a version that satisfies the requirement torch (from versions: none)"
    assert not points_to(RULE, line)
    line = "ERROR: Could not find a version that satisfies the requirement rich==99 (from versions: 13.0)"
    assert not points_to(RULE, line)

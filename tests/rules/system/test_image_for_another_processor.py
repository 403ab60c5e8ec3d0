"""image-for-another-processor: more of its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from tests.rules.judging import facts_of, points_to

RULE = "image-for-another-processor"


def test_an_image_is_advised_and_nothing_is_run():
    assert not any(remedy.commands for remedy in remedies_of(rules.load(RULE), facts_of()))


def test_near_misses():
    assert points_to(RULE, "exec /entrypoint.sh: exec format error")
    assert not points_to(RULE, "bash: ./a.out: cannot execute binary file: Exec format error")
    assert not points_to(RULE, "exec /entrypoint.sh: no such file or directory")

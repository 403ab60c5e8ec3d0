"""cache-not-writable: more of its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Host
from tests.rules.judging import facts_of, points_to

RULE = "cache-not-writable"


def test_another_folder_is_advised_and_no_right_is_changed():
    told = remedies_of(rules.load(RULE), facts_of(host=Host(os="linux")))
    assert "XDG_CACHE_HOME" in told[0].title and not any(remedy.commands for remedy in told)


def test_near_misses():
    assert points_to(RULE, "PermissionError: [Errno 13] Permission denied: '/.cache/torch'")
    assert not points_to(RULE, "PermissionError: [Errno 13] Permission denied: '/data/cache.bin'")
    assert not points_to(RULE, "PermissionError: [Errno 13] Permission denied: '/dev/nvidia0'")

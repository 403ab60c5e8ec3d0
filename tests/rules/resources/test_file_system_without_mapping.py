"""file-system-without-mapping: more of its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Host
from tests.rules.judging import facts_of, points_to

RULE = "file-system-without-mapping"


def test_the_files_are_copied_and_the_mounts_shown():
    copy, look = remedies_of(rules.load(RULE), facts_of(host=Host(os="linux")))
    assert not copy.commands and look.commands == (("findmnt", "-o", "TARGET,FSTYPE"),)


def test_near_misses():
    assert points_to(RULE, "OSError: No such device (os error 19)")
    assert not points_to(RULE, "OSError: [Errno 19] No such device")
    assert not points_to(RULE, "nvidia-smi: No such device")

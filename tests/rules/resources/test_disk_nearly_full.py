"""disk-nearly-full."""

from doctor.facts import Folder, Storage
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open

RULE = "disk-nearly-full"


def judged(free: int, purpose: str = "environment"):
    return finding(RULE, storage=Storage((Folder(purpose, "/x", 100 * 2**30, free),)))


def test_a_warning_below_two_gigabytes_only():
    found = judged(2**30)
    assert found and found.severity is Severity.WARNING
    assert judged(20 * 2**30) is None


def test_quiet_where_the_disk_is_full_altogether_or_it_is_another_folder():
    assert judged(0) is None
    assert judged(2**30, "temp") is None


def test_space_that_was_measured_clears_it():
    assert is_cleared(RULE, storage=Storage((Folder("environment", "/x", 100 * 2**30, 50 * 2**30),)))
    assert is_open(RULE, storage=Storage())


def test_the_cache_is_emptied():
    assert commands(judged(2**30)) == [("python", "-m", "pip", "cache", "purge")]

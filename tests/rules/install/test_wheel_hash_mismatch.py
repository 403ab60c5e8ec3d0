"""wheel-hash-mismatch."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Facts, Python
from tests.rules.judging import facts_of, points_to

RULE = "wheel-hash-mismatch"


def test_texts():
    line = "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated"
    assert points_to(RULE, line)
    assert not points_to(RULE, "http.client.IncompleteRead: IncompleteRead(44 bytes read, 100 more expected)")
    assert points_to(RULE, "ERROR: Wheel 'torch' located at /tmp/torch-2.7.1-cp312-cp312-linux_x86_64.whl is invalid.")
    assert not points_to(RULE, "Using cached torch-2.7.1-cp312-none-macosx_11_0_arm64.whl (68.6 MB)")


def test_the_cache_first_where_pip_has_one():
    page = rules.load(RULE)
    assert remedies_of(page, Facts())[0].commands == (("python", "-m", "pip", "cache", "purge"),)
    by_uv = remedies_of(page, facts_of(python=Python(pip_version="")))
    assert [r.commands for r in by_uv] == [()]

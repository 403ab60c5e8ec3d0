"""install-out-of-memory."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host, Python
from tests.rules.judging import facts_of, points_to

RULE = "install-out-of-memory"


def first(text):
    facts = facts_of(host=Host(os="linux"), python=Python(executable="python"), error=ErrorText(text))
    return remedies_of(rules.load(RULE), facts)[0].commands[0]


def test_without_the_cache_or_with_fewer_compilers():
    assert "--no-cache-dir" in first("Installing collected packages: torch Killed")
    assert first("c++: fatal error: Killed signal terminated program cc1plus")[:2] == ("env", "MAX_JOBS=1")


def test_texts():
    assert points_to(RULE, "Installing collected packages: torch Killed")
    assert not points_to(RULE, "RuntimeError: DataLoader worker (pid 42) is killed by signal: Killed.")
    assert not points_to(RULE, "Killed")

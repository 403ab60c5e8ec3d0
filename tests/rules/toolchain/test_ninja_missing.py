"""ninja-missing."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Host, Python
from tests.rules.judging import facts_of, points_to

RULE = "ninja-missing"


def test_the_package_into_the_environment_and_nothing_of_the_system():
    facts = facts_of(host=Host(os="linux", distribution_id="ubuntu"), python=Python(executable="/opt/e/bin/python"))
    (only,) = remedies_of(rules.load(RULE), facts)
    assert only.commands == (("/opt/e/bin/python", "-m", "pip", "install", "ninja"),)


def test_texts():
    assert points_to(RULE, "RuntimeError: Ninja is required to load C++ extensions")
    assert not points_to(
        RULE, "subprocess.CalledProcessError: Command '['ninja', '-v']' returned non-zero exit status 1."
    )

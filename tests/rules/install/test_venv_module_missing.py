"""venv-module-missing: its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Host
from tests.rules.judging import facts_of, points_to

RULE = "venv-module-missing"


def test_debian_has_a_package_for_it():
    host = Host(os="linux", distribution_id="debian", distribution_version="12")
    first = remedies_of(rules.load(RULE), facts_of(host=host))[0]
    assert first.commands[0][-1] == "python3-venv"


def test_elsewhere_another_python_is_needed():
    assert len(remedies_of(rules.load(RULE), facts_of(host=Host(os="windows")))) == 1


def test_near_misses():
    assert not points_to(RULE, "No module named 'venvs'")
    assert not points_to(RULE, "Creating venv in directory venv using python")

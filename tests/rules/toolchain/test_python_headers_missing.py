"""python-headers-missing."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Host, Python
from tests.rules.judging import facts_of, points_to

RULE = "python-headers-missing"


def commands(host, python=None):
    facts = facts_of(host=host, **({"python": python} if python else {}))
    return [argv for remedy in remedies_of(rules.load(RULE), facts) for argv in remedy.commands]


def test_by_the_means_of_the_system_for_its_own_python():
    ubuntu = Host(os="linux", distribution_id="ubuntu", distribution_version="24.04")
    assert commands(ubuntu) == [("sudo", "apt-get", "install", "-y", "python3-dev")]


def test_none_for_a_python_that_brings_its_headers():
    ubuntu = Host(os="linux", distribution_id="ubuntu", distribution_version="24.04")
    assert commands(ubuntu, Python(kind="conda")) == []


def test_windows_needs_another_python():
    assert commands(Host(os="windows"))[0][:2] == ("torch-doctor", "setup")


def test_texts():
    assert points_to(RULE, "/tmp/x/main.c:5:10: fatal error: Python.h: No such file or directory")
    assert not points_to(RULE, "src/a.c:3:10: fatal error: omp.h: No such file or directory")

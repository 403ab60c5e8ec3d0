"""environment-not-writable."""

from doctor.facts import Folder, Storage
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_open, points_to

RULE = "environment-not-writable"


def test_only_told():
    found = finding(RULE, storage=Storage((Folder("environment", "/opt/env", writable=False),)))
    assert found and found.severity is Severity.INFO
    assert commands(found) == [("torch-doctor", "setup", "--env", ".venv")]


def test_quiet_on_others():
    assert finding(RULE, storage=Storage((Folder("environment", "/opt/env"),))) is None
    assert finding(RULE, storage=Storage((Folder("home", "/root", writable=False),))) is None


def test_texts():
    line = "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/usr/lib/x'"
    assert points_to(RULE, line)
    assert not points_to(RULE, "PermissionError: [Errno 13] Permission denied: '/dev/kfd'")


def test_pip_may_have_been_that_of_another_environment():
    assert is_open(RULE, storage=Storage((Folder("environment", "/opt/env"),)))
    assert is_open(RULE, storage=Storage())

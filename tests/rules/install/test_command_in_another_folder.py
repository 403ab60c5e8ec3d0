"""command-in-another-folder: its texts are in tests/explain/examples."""

import pytest

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host
from tests.rules.judging import facts_of

RULE = "command-in-another-folder"


def titles(text, os="linux"):
    return [
        each.title for each in remedies_of(rules.load(RULE), facts_of(host=Host(os=os), error=ErrorText(text=text)))
    ]


@pytest.mark.parametrize(
    ("text", "os", "first"),
    [
        (r"python.exe: can't open file 'C:\\Windows\\System32\\launch.py': [Errno 2]", "linux", "double click"),
        (r"python.exe: can't open file 'D:\\app\\launch.py': [Errno 2]", "linux", "cd /d"),
        ("Could not open requirements file: [Errno 2]", "windows", "cd /d"),
        ("Could not open requirements file: [Errno 2]", "linux", "`ls`"),
    ],
)
def test_by_where_the_command_ran(text, os, first):
    assert first in titles(text, os)[0]

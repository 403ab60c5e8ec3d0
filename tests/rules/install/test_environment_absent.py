"""environment-absent: its texts are in tests/explain/examples."""

import pytest

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host
from tests.rules.judging import facts_of, points_to

RULE = "environment-absent"


def first(os):
    return remedies_of(rules.load(RULE), facts_of(host=Host(os=os)))[0].title


def test_each_system_has_its_folder():
    assert "Scripts" in first("windows")
    assert "bin/activate" in first("linux")


def test_near_misses():
    assert not points_to(RULE, "bash: activate: No such file or directory")
    assert not points_to(RULE, "/bin/sh: 1: source: not found")
    assert not points_to(RULE, "bash: /usr/local/bin/activate-global: No such file or directory")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r"C:\Windows\System32>.\python_embeded\python.exe -s main.py", "double click"),
        (r".\python_embeded\python.exe is not there", "folder that you are in"),
    ],
)
def test_a_portable_package(text, words):
    found = remedies_of(rules.load(RULE), facts_of(host=Host(os="windows"), error=ErrorText(text=text)))
    assert words in found[0].title


def test_sources_bring_no_python():
    error = ErrorText(text="D:\\Voice-main>runtime\\python.exe webui.py\nThe system cannot find the path specified.")
    found = remedies_of(rules.load(RULE), facts_of(host=Host(os="windows"), error=error))
    assert "source code" in found[0].title

"""pip-missing: its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Host, Python
from tests.rules.judging import facts_of, points_to

RULE = "pip-missing"


def titles(**facts):
    return [remedy.title for remedy in remedies_of(rules.load(RULE), facts_of(**facts))]


def test_an_environment_of_uv_keeps_to_uv():
    assert titles(host=Host(os="linux"), python=Python(kind="uv")) == [
        "Install with `uv pip install` instead of `pip install`: environments that uv makes have no pip"
    ]


def test_windows_has_a_python_without_ensurepip():
    first, second = titles(host=Host(os="windows"), python=Python(kind="system"))
    assert "ensurepip --upgrade" in first and "python.org" in second


def test_near_misses():
    assert not points_to(RULE, "No module named 'pipelines'")
    assert not points_to(RULE, "/usr/bin/python3: No module named pipx")

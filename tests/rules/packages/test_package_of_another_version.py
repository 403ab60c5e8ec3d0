"""package-of-another-version: its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Python
from tests.rules.judging import facts_of, points_to

RULE = "package-of-another-version"
NEEDED = (
    "ImportError: tokenizers>=0.21,<0.22 is required for a normal functioning of this module,"
    " but found tokenizers==0.19.1."
)


def commands(text):
    known = facts_of(error=ErrorText(text=text), python=Python(executable="/e/bin/python"))
    return [command for remedy in remedies_of(rules.load(RULE), known) for command in remedy.commands]


def test_what_transformers_asks_for_is_installed():
    assert "tokenizers>=0.21,<0.22" in commands(NEEDED)[0]


def test_a_package_that_a_text_names_is_only_looked_at():
    text = (
        "ImportError: cannot import name 'X' from 'anything' (/opt/e/lib/python3.10/site-packages/anything/__init__.py)"
    )
    assert [command[-2:] for command in commands(text)] == [("show", "anything")]


def test_near_misses():
    assert not points_to(RULE, NEEDED.replace("tokenizers", "unheard"))
    assert not points_to(RULE, "ImportError: cannot import name 'X' from 'y' (/home/u/p/y.py)")

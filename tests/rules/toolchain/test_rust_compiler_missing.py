"""rust-compiler-missing: its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Python
from tests.rules.judging import facts_of, points_to

RULE = "rust-compiler-missing"


def test_a_wheel_comes_before_a_compiler():
    first, second = remedies_of(rules.load(RULE), facts_of(python=Python(executable="/e/bin/python")))
    assert "pip" in first.commands[0] and "wheels" in second.title


def test_near_misses():
    assert not points_to(RULE, "error: could not compile `tokenizers` (lib) due to 1 previous error")
    assert not points_to(RULE, "Installing build dependencies: maturin")

"""homebrew-library-missing: more of its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText
from tests.rules.judging import facts_of, points_to

RULE = "homebrew-library-missing"
MISSING = "Library not loaded: /opt/homebrew/opt/protobuf@29/lib/libprotobuf.29.dylib"


def test_the_formula_is_named():
    first, second = remedies_of(rules.load(RULE), facts_of(error=ErrorText(text=f"ImportError: dlopen(x): {MISSING}")))
    assert first.title.endswith("brew install protobuf@29")
    assert not first.commands and not second.commands


def test_without_the_text_no_formula_is_invented():
    first, _ = remedies_of(rules.load(RULE), facts_of())
    assert first.title.endswith("brew install FORMULA")


def test_near_misses():
    assert points_to(RULE, MISSING)
    assert not points_to(RULE, MISSING.replace("/opt/homebrew/opt/protobuf@29/lib/", "@rpath/"))
    assert not points_to(RULE, MISSING.replace("libprotobuf.29", "libomp"))

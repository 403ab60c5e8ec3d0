"""vendor-toolkit-not-loaded."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host
from tests.rules.judging import facts_of, points_to

RULE = "vendor-toolkit-not-loaded"
MISSING = "ImportError: {}: cannot open shared object file: No such file or directory"


def advice(text: str) -> str:
    return remedies_of(rules.load(RULE), facts_of(error=ErrorText(text=text)))[0].title


def test_whose_script_it_is():
    assert "CANN" in advice(MISSING.format("libascendcl.so"))
    assert "CANN" in advice("ModuleNotFoundError: No module named 'tbe'")
    assert "DTK" in advice(MISSING.format("libgalaxyhip.so.5"))
    assert "vendor" in advice(MISSING.format("libmusart.so.4"))


def test_another_system_has_no_such_script():
    only, *others = remedies_of(rules.load(RULE), facts_of(host=Host(os="windows")))
    assert "install the release" in only.title and not others


def test_texts():
    assert points_to(RULE, MISSING.format("libopapi.so"))
    assert points_to(RULE, "ModuleNotFoundError: No module named 'acl'")
    assert not points_to(RULE, MISSING.format("libamdhip64.so.6"))
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'acl.models'")

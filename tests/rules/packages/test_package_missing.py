"""package-missing."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Facts
from doctor.model import Risk
from tests.rules.judging import facts_of, points_to

RULE = "package-missing"


def test_texts():
    assert points_to(RULE, "ModuleNotFoundError: No module named 'cv2'")
    assert points_to(RULE, "ImportError: No module named yaml")
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'torch'")
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'numpy'")
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'triton'")


def test_the_requirements_are_for_a_person_to_install():
    first = remedies_of(rules.load(RULE), Facts())[0]
    assert first.commands == (("python", "-m", "pip", "install", "-r", "requirements.txt"),)
    assert first.risk is Risk.MANUAL


def test_what_a_build_imports_is_no_requirement_of_the_program():
    missing = "ModuleNotFoundError: No module named 'packaging'"
    first = remedies_of(rules.load(RULE), facts_of(error=ErrorText(missing)))[0]
    assert first.commands == (("python", "-m", "pip", "install", "packaging"),)
    isolated = ErrorText(f"Getting requirements to build wheel did not run successfully.\n{missing}")
    assert "requirements.txt" in remedies_of(rules.load(RULE), facts_of(error=isolated))[0].commands[0]

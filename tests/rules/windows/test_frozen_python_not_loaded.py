"""frozen-python-not-loaded: more of its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText
from tests.rules.judging import facts_of, points_to

RULE = "frozen-python-not-loaded"
SAID = "Failed to load Python DLL 'C:\\tools\\app\\_internal\\python311.dll'."


def test_texts():
    assert points_to(RULE, SAID)
    assert points_to(RULE, "Error loading Python DLL 'C:\\Users\\a\\AppData\\Local\\Temp\\_MEI41\\python37.dll'.")
    assert not points_to(RULE, "Failed to load PythonQt DLL")


def test_windows_7_first_where_it_is_named():
    first = [
        remedies_of(rules.load(RULE), facts_of(error=ErrorText(text=t)))[0].title for t in (SAID, f"Windows 7: {SAID}")
    ]
    assert "Windows 7" in first[1] and "Windows 7" not in first[0]

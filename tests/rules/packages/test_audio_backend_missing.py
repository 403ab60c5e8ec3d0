"""audio-backend-missing: its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Python
from tests.rules.judging import facts_of, points_to

RULE = "audio-backend-missing"


def test_soundfile_is_installed():
    (remedy,) = remedies_of(rules.load(RULE), facts_of(python=Python(executable="/e/bin/python")))
    assert "soundfile" in remedy.commands[0]


def test_near_misses():
    assert not points_to(RULE, "RuntimeError: Backend \"sox_io\" is not one of available backends: ['soundfile'].")
    assert not points_to(RULE, "soundfile.LibsndfileError: Error opening 'a.wav': System error.")

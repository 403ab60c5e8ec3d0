"""deepspeed-part-not-buildable: more of its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Host, Python
from tests.rules.judging import facts_of, points_to

RULE = "deepspeed-part-not-buildable"
HERE = Python(executable="C:\\v\\Scripts\\python.exe", version="3.11.9", pip_version="24.0")


def test_near_misses():
    assert points_to(RULE, "AssertionError: Unable to pre-compile transformer_inference")
    assert not points_to(RULE, "AssertionError: Unable to pre-compile ops without torch installed.")
    assert not points_to(RULE, "LINK : fatal error LNK1181: cannot open input file 'cublas.lib'")


def test_windows_is_told_of_what_it_cannot_have():
    titles = [r.title for r in remedies_of(rules.load(RULE), facts_of(host=Host(os="windows"), python=HERE))]
    assert any("WSL" in title for title in titles)
    titles = [r.title for r in remedies_of(rules.load(RULE), facts_of(host=Host(os="linux"), python=HERE))]
    assert not any("WSL" in title for title in titles)

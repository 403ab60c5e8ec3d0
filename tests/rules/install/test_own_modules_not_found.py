"""own-modules-not-found: more of its texts are in tests/explain/examples."""

import pytest

from doctor import explain, rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host
from tests.rules.judging import facts_of, points_to

RULE = "own-modules-not-found"
LAST = "ModuleNotFoundError: No module named 'utils'"


@pytest.mark.parametrize("name", ["'models'", "src", "'folder_paths'", "'comfy'"])
def test_texts(name):
    assert points_to(RULE, f"ModuleNotFoundError: No module named {name}")


@pytest.mark.parametrize("name", ["'utils.plots'", "'torch'", "'comfy_aimdo'", "'models'; 'models' is not a package"])
def test_near_misses(name):
    assert not points_to(RULE, f"ModuleNotFoundError: No module named {name}")


def test_a_package_that_lacks_it_has_another_problem():
    text = f'  File "/v/lib/python3.11/site-packages/odd/run.py", line 3, in <module>\n    import utils\n{LAST}'
    assert RULE not in [cause.rule for cause in explain.causes(text)]


def test_the_embeddable_python_is_told_where_to_look():
    text = f"D:\\a\\python_embeded\\python.exe D:\\a\\app\\main.py\n{LAST}"
    (only,) = remedies_of(rules.load(RULE), facts_of(error=ErrorText(text=text)))
    assert "_pth" in only.title


def test_by_the_shell_of_the_system():
    windows = remedies_of(rules.load(RULE), facts_of(error=ErrorText(text=LAST), host=Host(os="windows")))
    linux = remedies_of(rules.load(RULE), facts_of(error=ErrorText(text=LAST), host=Host(os="linux")))
    assert "PowerShell" in windows[-1].title and "export" in linux[-1].title

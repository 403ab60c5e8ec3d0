"""python-misled-by-variables, with a real environment and variables that keep its Python from starting."""

import os
import subprocess
from pathlib import Path

import pytest

from doctor import collect
from doctor.diagnose import diagnose
from doctor.facts import Host, Python, Variables
from doctor.rules.api import NotThere
from doctor.rules.install import python_misled_by_variables as rule
from doctor.target import Target
from tests.environments import venv

RULE = "python-misled-by-variables"


@pytest.fixture
def misleading(tmp_path: Path) -> Path:
    """A folder that is no Python's home, and whose `encodings` ends whoever imports it."""
    (tmp_path / "tool/encodings").mkdir(parents=True)
    (tmp_path / "tool/encodings/__init__.py").write_text("raise SystemExit(1)\n")
    return tmp_path / "tool"


def findings(target: Target) -> list[str]:
    return [finding.rule for finding in diagnose(collect.collect(target, None)).findings]


@pytest.mark.parametrize("name", ["PYTHONHOME", "PYTHONPATH"])
def test_the_variable_is_named_and_without_it_the_python_starts(name: str, tmp_path: Path, misleading: Path) -> None:
    python = venv(tmp_path / "env")
    env = {key: value for key, value in os.environ.items() if key not in ("PYTHONHOME", "PYTHONPATH")}
    report = diagnose(collect.collect(Target(python, env={**env, name: str(misleading)}), None))
    assert report.findings[0].rule == RULE
    assert name in report.findings[0].message
    assert name in report.findings[0].remedies[0].title
    assert subprocess.run([python, "-c", ""], env=env, check=False).returncode == 0
    assert RULE not in findings(Target(python, env=env))


def test_a_python_that_does_not_start_either_way_is_not_blamed_on_them(tmp_path: Path, misleading: Path) -> None:
    python = venv(tmp_path / "env")
    site = next(path for path in (tmp_path / "env").rglob("site-packages"))
    (site / "broken.pth").write_text("import os; os._exit(3)\n")
    assert RULE not in findings(Target(python, env={**os.environ, "PYTHONPATH": str(misleading)}))


def test_one_that_starts() -> None:
    assert isinstance(rule.check(Python(version="3.12.1"), Variables({"PYTHONHOME": "/opt/tool"})), NotThere)


def test_windows_has_a_place_of_its_own_for_them() -> None:
    python = Python(misled_by=("PYTHONHOME",))
    assert "Windows" in rule.remedies(python, Host(os="windows"))[1].title
    assert "Windows" not in rule.remedies(python, Host(os="linux"))[1].title


def test_a_text_that_does_not_tell_which_one_leaves_both_out() -> None:
    rerun, advice = rule.remedies(None, Host(os="windows"))
    assert getattr(rerun, "unset", ()) == ("PYTHONHOME", "PYTHONPATH")
    assert "PYTHONHOME and PYTHONPATH" in advice.title

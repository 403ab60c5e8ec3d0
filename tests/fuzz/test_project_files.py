"""Files of other people's projects: any text gives what it asks for or a DoctorError, and nothing else."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doctor.match import Machine, Wish
from doctor.model import DoctorError
from doctor.setup import asked, project
from doctor.setup.conflict import conflict_error
from tests.cli.test_diff import REQUIREMENTS, UV_LOCK
from tests.setup.test_conflict import PIP, UV, UV_BOX
from tests.setup.test_project import ENVIRONMENT, PYPROJECT

QUICK = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
ODD = [
    "",
    "[]",
    "{}",
    "1",
    "null",
    "torch",
    "==",
    "- ",
    "\n",
    "\x00",
    "@",
    "[",
    "]",
    '"',
    "; ",
    "*",
    ">=",
    "x" * 99,
    "é",
]


def mangled(text: str) -> st.SearchStrategy[str]:
    at, length = st.integers(0, len(text)), st.integers(0, 40)
    new = st.one_of(st.sampled_from(ODD), st.text(max_size=20))
    return st.builds(lambda at, length, new: text[:at] + new + text[at + length :], at, length, new)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("requirements.txt", REQUIREMENTS.replace("-r more.txt", "")),
        ("pyproject.toml", PYPROJECT),
        ("environment.yml", ENVIRONMENT),
        ("uv.lock", UV_LOCK),
    ],
)
@given(data=st.data())
@QUICK
def test_files(tmp_path: Path, name: str, text: str, data: st.DataObject) -> None:
    file = tmp_path / name
    file.write_text(data.draw(mangled(text)), encoding="utf-8", errors="replace")
    with contextlib.suppress(DoctorError):
        asked.side_of(file)
    if name != "uv.lock":
        with contextlib.suppress(DoctorError):
            found = project.read(str(file), ("all",) if name == "pyproject.toml" else ())
            found.wish(Wish(build="cpu"), Machine(os="linux", arch="x86_64", python="3.12"))


@given(text=st.one_of(*map(mangled, (UV, UV_BOX, PIP))))
@QUICK
def test_what_an_installer_says(text: str) -> None:
    error = conflict_error(text)
    assert error is None or " against " in error.context

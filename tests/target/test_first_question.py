"""The first question to an interpreter: bounded by the time that is asked for, and heard through any noise."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from doctor.model import DoctorError
from doctor.target import choose as choosing
from tests.surroundings import SCRIPTS

pytestmark = SCRIPTS
NOISE = "yes 'a wrapper that says much before it starts anything' | head -c {count}\n"


def wrapper(path: Path, script: str) -> str:
    path.write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("seconds", [0.2, 1.0])
def test_a_hang_ends_at_the_deadline_of_the_command(tmp_path: Path, seconds: float) -> None:
    named = wrapper(tmp_path / "python", "exec sleep 600\n")
    with pytest.raises(DoctorError) as told:
        choosing.choose(named, {}, tmp_path, deadline_s=seconds)
    assert told.value.context.startswith(f"no answer in {seconds:.0f}")


def test_what_was_found_by_chance_has_no_more_than_an_interpreter_needs(tmp_path: Path, monkeypatch) -> None:
    given: list[float] = []
    monkeypatch.setattr(choosing, "require_usable", lambda python, timeout_s: given.append(timeout_s) or python)
    wrapper(tmp_path / "python", "")
    choosing.choose(None, {"PATH": str(tmp_path)}, tmp_path, deadline_s=600)
    choosing.choose(None, {"PATH": str(tmp_path)}, tmp_path, deadline_s=2)
    choosing.choose(str(tmp_path / "python"), {}, tmp_path, deadline_s=600)
    assert given == [10, 2, 600]


def test_an_answer_is_heard_behind_more_noise_than_is_kept(tmp_path: Path) -> None:
    named = wrapper(tmp_path / "python", NOISE.format(count=12_000_000) + f'exec {sys.executable} "$@"\n')
    assert choosing.choose(named, {}, tmp_path, deadline_s=60) == (named, "--python")


def test_noise_without_an_answer_is_said(tmp_path: Path) -> None:
    named = wrapper(tmp_path / "python", NOISE.format(count=12_000_000) + "exit 3\n")
    with pytest.raises(DoctorError) as told:
        choosing.choose(named, {}, tmp_path, deadline_s=60)
    assert told.value.context == "exit 3 after 11 MB of other output"


def test_little_noise_is_not_worth_a_word(tmp_path: Path) -> None:
    with pytest.raises(DoctorError) as told:
        choosing.choose(wrapper(tmp_path / "python", "echo hello\nexit 3\n"), {}, tmp_path, deadline_s=60)
    assert told.value.context == "exit 3"

"""What is typed, made and removed is called by its name, on disks too where a folder may be somebody's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from doctor import gate
from doctor.bootstrap.options import Options
from doctor.bootstrap.stop import Stop
from doctor.bootstrap.talk import Talk
from doctor.cli import _target, fix, lock
from doctor.match.model import Choice, Machine, Match
from doctor.model import Plan, Remedy, Step
from doctor.render import match
from doctor.render.passing import passed, passed_to_lines
from doctor.render.plan import setup_lines
from doctor.setup.model import SetupPlan

FOLDER = "/data/annamaria/torch"
ARGV = (f"{FOLDER}/bin/python", "-m", "pip", "install", "torch")
MACHINE = Machine(os="linux", arch="x86_64", interpreter=ARGV[0])
FOUND = Match(
    accelerator="cpu",
    choice=Choice(torch="2.13.0", torchvision="0.28.0", torchaudio="2.11.0", build="cpu", index_url=None),
)
STEP = Step("unmet-requirements", Remedy("Install torch", (ARGV,)))
SETUP = SetupPlan(
    folder=FOLDER,
    state="new",
    python=ARGV[0],
    packages=("torch==2.13.0",),
    build="cpu",
    source="PyPI",
    commands=(ARGV,),
)
TALK = Talk(Options(), {})
PAGES: dict[str, Callable[[], object]] = {
    "match": lambda: match.show(FOUND, MACHINE, {"pip": ARGV}),
    "setup": lambda: gate.page(setup_lines(passed_to_lines(SETUP))),
    "fix": lambda: fix._show_plan(Plan((STEP,), (STEP,)), "text"),
    "lock": lambda: lock._tell_written([Path(FOLDER, "pylock.toml")]),
    "the interpreter that is started": lambda: _target.say_starting(ARGV[0], "--python"),
    "the bootstrap's plan": lambda: TALK.say(f"{FOLDER} (new)", "PyTorch goes to"),
    "the bootstrap's end": lambda: TALK.stop(Stop("the disk is full", f"free some space in {FOLDER}")),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_folder_is_named_as_it_is(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    PAGES[page]()
    drawn = capsys.readouterr()
    assert FOLDER in drawn.out + drawn.err
    assert "user1" not in drawn.out + drawn.err


def test_so_do_documents() -> None:
    told = passed({"commands": {"pip": ARGV}, "machine": MACHINE, "plan": SETUP})
    assert told == {"commands": {"pip": ARGV}, "machine": MACHINE, "plan": SETUP}


def test_a_text_about_it_and_what_another_program_said_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    gate.say(f"cannot read {FOLDER}")
    TALK.quote([f"ERROR: {FOLDER} is not writable"])
    drawn = capsys.readouterr().err
    assert "annamaria" not in drawn
    assert drawn.count("/data/user1/torch") == 2


def test_a_secret_is_in_no_typed_line(capsys: pytest.CaptureFixture[str]) -> None:
    TALK.say("https://anna:hunter2hunter@mirror.example/simple", "package source")
    assert "hunter2hunter" not in capsys.readouterr().err

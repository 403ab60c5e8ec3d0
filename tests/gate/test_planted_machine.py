"""The whole way, from files and variables that a machine has to what each command says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from doctor import privacy
from doctor.diagnose import diagnose
from doctor.intake.recognise import examine
from doctor.model import DoctorError
from doctor.render import document
from tests.cli.in_process import program
from tests.gate.markers import ESCAPES, HOST, PRIVATE, TOKEN, USER
from tests.gate.planted import Machine
from tests.gate.test_hostile import LOUD, MARKS_OF_OURS
from tests.intake.formats.sample_files import FOLDER


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.setattr(privacy.own, "_host", lambda: HOST)
    return Machine(tmp_path)


def test_no_command_tells_what_was_planted(machine: Machine) -> None:
    outputs = 0
    told = {}
    for words in machine.commands():
        done = program(*words, env=machine.env, cwd=machine.home / "work")
        for stream in (done.stdout, done.stderr):
            text = stream.decode()
            outputs += bool(text)
            leaks = sorted({line.strip()[:200] for line in text.splitlines() if PRIVATE.search(line)})
            loud = LOUD.findall(MARKS_OF_OURS.sub("", text))
            told |= {words[:1] + words[-1:]: (leaks, loud)} if leaks or loud else {}
        assert done.stdout or done.stderr, words
        assert b"internal error" not in done.stderr, (words, done.stderr)
    print(f"{machine.sources} sources x {outputs} outputs = {machine.sources * outputs}, {len(told)} found")
    assert told == {}
    assert machine.sources > 45 and outputs > 40


def test_no_format_that_people_paste_brings_it(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A marker at the end of every line of a sample of each."""
    monkeypatch.setenv("HOME", str(machine.home))
    monkeypatch.setenv("USER", USER)
    mark = f" {TOKEN} {machine.home}/x https://me:{TOKEN}@x.example/ {ESCAPES}"
    samples = [min(folder.glob("*.txt")) for folder in sorted(FOLDER.iterdir())]
    planted, outputs, found = 0, 0, []
    for sample in samples:
        lines = sample.read_text(encoding="utf-8").splitlines()
        for text in ("\n".join(line + mark for line in lines), "\n".join([*lines, f"RuntimeError: CUDA error{mark}"])):
            try:
                report = diagnose(examine(text).facts)
            except DoctorError:
                continue
            planted += 1
            for form in ("json", "markdown", "html"):
                outputs += 1
                page = document(report, form)
                found += (
                    [sample.parent.name] if PRIVATE.search(page) or LOUD.search(MARKS_OF_OURS.sub("", page)) else []
                )
    print(f"{planted} texts of {len(samples)} formats, {outputs} documents, {len(found)} found")
    assert not found
    assert planted > len(samples)

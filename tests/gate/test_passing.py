"""A result that has passed is the same for whoever reads it: the verdict, the words of commands, a second passing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from doctor import gate, intake, render
from doctor.diagnose import diagnose
from doctor.facts import Facts
from doctor.model import Shell
from doctor.render.passing import passed, passed_to_lines
from doctor.render.shell import command_line
from tests.gate.hostile import KINDS
from tests.gate.markers import HOST, TOKEN, USER

MACHINES = sorted((Path(__file__).parents[1] / "machines").glob("*.json"))


def test_a_report_written_and_read_again_has_the_same_verdict() -> None:
    assert len(MACHINES) >= 40
    for file in MACHINES:
        facts = msgspec.convert(msgspec.json.decode(file.read_bytes())["facts"], Facts, strict=False)
        report = diagnose(facts)
        again = diagnose(intake.examine(render.document(report, "json")).facts)
        told = [(f.rule, f.severity, f.primary) for f in report.findings]
        assert [(f.rule, f.severity, f.primary) for f in again.findings] == told, file.stem
        assert again.verdict == report.verdict, file.stem


@pytest.mark.parametrize("kind", [*KINDS, TOKEN, f"/srv/homes/{USER}/x at {HOST}"])
def test_passing_twice_changes_nothing(kind: str, gruber: str) -> None:
    for way in (gate.text, gate.paragraph, gate.line):
        once = way(f"a {kind} b {kind}")
        assert way(once) == once


def test_what_is_harmless_is_the_same_afterwards(gruber: str) -> None:
    for value in ("torch 2.7.0+cu126", "libcudart.so.12: cannot open", "c10::Error at::native", "sha256:" + "0f" * 32,
                  "a\tb", "数据 Ünïcode é", "C:\\Program Files\\Python312", "x # y", "50% :: 3"):  # fmt: skip
        assert gate.line(value) == value


def test_every_place_of_a_model_passes(gruber: str) -> None:
    model = {gruber: [(gruber, Path(gruber) / "x"), {"a": TOKEN}], "number": 3, "none": None}
    assert passed(model) == {"~": [("~", Path("~/x")), {"a": "hf_…"}], "number": 3, "none": None}
    assert passed_to_lines(("a\nb", "::set-output name=x")) == ("a ⏎ b", ": :set-output name=x")


def test_a_value_is_judged_beside_its_name(gruber: str) -> None:
    assert "hunter2hunter" not in str(passed({"PIP_PASSWORD": "hunter2hunter"}))


@pytest.mark.skipif(sys.platform == "win32", reason="the quoting of POSIX shells")
def test_a_shell_makes_of_a_command_what_it_was(gruber: str) -> None:
    argv = ["printf", "%s\\0", f"{gruber}/venv/bin/python", f"{gruber}/my env/x", f"--prefix={gruber}/e v",
            f"file://{gruber}/wheels", f"/data/{USER}/torch", f"a b/{USER}/c d", "=x", "$(id)", "it's",
            gruber]  # fmt: skip
    line = command_line(passed_to_lines(argv), Shell.POSIX)
    assert USER not in line
    done = subprocess.run(["sh", "-c", line], env={**os.environ}, capture_output=True, text=True, check=True)
    assert done.stdout.split("\0")[:-1] == argv[2:]

"""Any value of any option is used or refused: it never makes the program itself fail."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.in_process import program

ODD = (
    *("", "-", "--", "nan", "inf", "-inf", "-1", "0", "1e400", "1e-320", "9" * 400, "9" * 5000, "٣", "²", "\udcff"),
    *("x" * 5000, "a/" * 2500, "\x1b]52;c;x\x07", "{0}%s", "..", "/", "/dev/null", "~nobody", "http://[::1", "[", "**"),
    *(" ", "\n", "3.", "3.x", "cuda:", "cuda:99999999999999999999", ">=", ">=" + "9" * 4400, "==1.*.*", "::", "@"),
    *("file://", "1x", "1x" * 3, "99999999999x9", "windows-x86_64"),
)
MATCH = ("match", "--os", "linux", "--arch", "x86_64", "--python", "3.12", "--driver", "550.54.14", "--gpu", "RTX 4090")
SETUP = ("setup", "--dry-run", "--offline", "nowhere", "--accelerator", "cpu", "--env", "new")
LOCK = ("lock", "--python", sys.executable, "--dry-run", "--check")
TRY = ("dataloader", "--python", "nowhere")
# words, and the options that get a value; "" is a word without one. None of these reaches a network or a target
COMMANDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "check": (("check", "--from", "report.json"), ("--error", "--only", "--skip", "--timeout", "--from")),
    "match": (MATCH, ("--os", "--arch", "--python", "--driver", "--gpu", "--capability", "--amd-gfx", "--glibc",
                      "--macos", "--torch", "--accelerator", "--index-url")),
    "setup": (SETUP, ("--torch", "--accelerator", "--from", "--index-url", "--offline", "--python")),
    "lock": (LOCK, ("--output", "--platform", "--build", "--torch")),
    "diff": (("diff", "report.json"), ("",)),
    "fix": (("fix", "--python", "nowhere"), ("--timeout", "--undo", "", "--python")),
    "mirrors": (("mirrors", "--undo", "0"), ("--timeout", "--service", "--scope", "--tool", "--undo")),
    "dataloader": (TRY, ("--workers", "--batch-size", "--sample-shape", "--sample-ms", "--samples", "--timeout", "")),
    "lint": (("lint", "train.py"), ("--python", "--select", "--ignore", "--exclude", "--jobs", "--platform", "")),
    "run-recipes": (("run-recipes", "--list"), ("--device", "--timeout", "--folder", "--source", "--plot", "")),
    "explain": (("explain", "--no-facts"), ("", "--timeout")),
    "run": (("run", "--no-facts"), ("--timeout",)),
    "completion": (("completion",), ("",)),
}  # fmt: skip
WORST = ("", "--", "9" * 5000, "²", "\udcff", "nan")
SOME = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "report.json").write_text(
        json.dumps({"facts": {"torch": {"status": "ok", "value": {"version": "2.7"}}}})
    )
    (tmp_path / "train.py").write_text("import torch\n")
    return tmp_path


def is_used_or_refused(name: str, option: str, value: str, here: Path) -> None:
    done = program(*COMMANDS[name][0], f"{option}={value}" if option else value, cwd=here)
    assert done.returncode in (0, 1, 2, 4), (option, value, done.stderr.decode())
    assert b"internal error" not in done.stderr and b"Traceback" not in done.stderr


@pytest.mark.heavy
@pytest.mark.parametrize("name", COMMANDS)
@given(data=st.data())
@SOME
def test_odd_values(name: str, here: Path, data: st.DataObject) -> None:
    option = data.draw(st.sampled_from(COMMANDS[name][1]))
    value = data.draw(st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_characters="\x00"), max_size=20)))
    is_used_or_refused(name, option, value, here)


@pytest.mark.heavy
@pytest.mark.parametrize("name", COMMANDS)
def test_the_worst_values_of_every_option(name: str, here: Path) -> None:
    for option in COMMANDS[name][1]:
        for value in WORST:
            is_used_or_refused(name, option, value, here)


def test_two_dashes_as_a_value_are_refused_by_every_python() -> None:
    done = program("check", "--only=--")
    assert done.returncode == 2 and b"argument --only: expected one argument" in done.stderr
    assert program("run", "--no-facts", "--", sys.executable, "-c", "0", "--x=--").returncode == 0


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "1e400", "9" * 5000, "x", ""])
@pytest.mark.parametrize("command", ["check", "fix", "mirrors", "run-recipes", "dataloader", "explain", "run"])
def test_no_clock_takes_such_a_time(command: str, value: str) -> None:
    done = program(command, f"--timeout={value}")
    assert done.returncode == 2 and b"--timeout takes a number of seconds above 0" in done.stderr

"""A value that is no value in one fact: no rule breaks, so that no true finding is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from doctor import rules
from doctor.facts import Facts, Gpu, Nvidia, Torch
from doctor.match import match
from doctor.match.machine import machine_of
from doctor.rules import Rule
from tests.rules.judging import finding

MACHINES = sorted(Path(__file__).parent.parent.joinpath("machines").glob("*.json"))
ODD = ("N/A", "9" * 5000)
FIELDS = {"version", "build", "gfx", "macos", "glibcxx", "kernel", "windows_build", "compute_capability", "vc_runtime"}


@pytest.mark.parametrize("path", MACHINES, ids=lambda path: path.stem)
def test_no_rule_breaks(path: Path) -> None:
    """Rules that do not ask for what is spoilt see what they see without it."""
    known = json.loads(path.read_text("utf-8"))["facts"]
    for section, value in known.items():
        asking = [rule for rule in rules.all_rules() if rule.check and {section, "facts"} & set(_asked(rule))]
        for changed in (changed for odd in ODD for changed in _changed(value, odd, section)):
            facts = msgspec.convert({**known, section: changed}, Facts)
            for rule in asking:
                _check(rule, facts)


@pytest.mark.parametrize("path", MACHINES, ids=lambda path: path.stem)
def test_match_gives_an_answer(path: Path) -> None:
    known = json.loads(path.read_text("utf-8"))["facts"]
    for machine in {machine_of(msgspec.convert(changed, Facts)) for changed in _changed(known, odd="N/A")}:
        found = match(machine)
        assert found.choice or found.message, machine


def test_an_error_stays_when_the_capability_is_not_known() -> None:
    torch = Torch(version="2.7.1+cpu", build="cpu", cuda_version="")
    nvidia = Nvidia(driver_version="580.95.05", gpus=(Gpu("NVIDIA GeForce RTX 4070", compute_capability="N/A"),))
    assert finding("cpu-only-build-on-gpu-machine", torch=torch, nvidia=nvidia)


def _asked(rule: Rule) -> dict[str, str]:
    return {name: kind for name, kind in rule.check.__annotations__.items() if name != "return"} if rule.check else {}


def _check(rule: Rule, facts: Facts) -> None:
    """Ask a rule, unless what it needs is not among the facts."""
    arguments: dict[str, Any] = {}
    for name, kind in _asked(rule).items():
        reading = getattr(facts, name, None)
        arguments[name] = facts if name == "facts" else reading if kind.startswith("Reading[") else reading.value
        if arguments[name] is None and not kind.endswith("| None"):
            return
    if rule.check:
        rule.check(**arguments)


def _changed(value: Any, odd: str, field: str = "") -> Iterator[Any]:
    """The value with one text at a time that tells a version replaced by the odd one."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from ({**value, key: other} for other in _changed(inner, odd, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from ([*value[:index], other, *value[index + 1 :]] for other in _changed(inner, odd, field))
    elif isinstance(value, str) and (field in FIELDS or field.endswith("_version")):
        yield odd

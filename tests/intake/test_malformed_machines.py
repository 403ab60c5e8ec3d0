"""The recorded machines with one value of their report spoilt: no rule breaks, and what rests on other facts stands."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doctor.diagnose import diagnose
from doctor.intake import doctor_report
from doctor.model import Severity
from doctor.render import document
from doctor.report import Report

DECISIVE = {
    *("os", "architecture", "jetson", "wsl", "container", "libc", "libc_version", "macos", "implementation", "bits"),
    *("version", "build", "cuda_version", "hip_version", "driver_version", "module_version", "nvml_error"),
    *("compute_capability", "gfx", "fabric_manager", "cuda_available"),
}
Place = tuple[str | int, ...]
MACHINES = {
    p.stem: json.loads(p.read_text("utf-8"))["facts"] for p in Path(__file__).parents[1].glob("machines/*.json")
}
GARBAGE = (
    *(
        "N/A",
        "",
        "2.3x",
        "2.3.x",
        "9" * 400,
        "\ud800x",
        "\u00b2.\u0663",
        "12.4\n; rm",
        "null",
        "0x10",
        "cu",
        "gfx",
        ".",
    ),
    *(10**30, 2**63, -1, float("nan"), float("inf"), [], {}, ["N/A"]),
)


def places(value: Any, at: Place = ()) -> Iterator[Place]:
    """Where the leaves of a report are."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        yield at
        return
    for key, part in inner:
        yield from places(part, (*at, key))


LEAVES = [(name, place) for name, facts in sorted(MACHINES.items()) for place in places(facts)]


def spoilt(facts: Any, place: Place, value: object) -> Any:
    spoilt = copy.deepcopy(facts)
    _holder(spoilt, place)[place[-1]] = value
    return spoilt


def without(facts: Any, place: Place) -> Any:
    """The facts without that leaf; a list without one of its entries is another list, so all of it goes."""
    left = copy.deepcopy(facts)
    while isinstance(_holder(left, place), list):
        place = place[:-1]
    del _holder(left, place)[place[-1]]
    return left


def _holder(facts: Any, place: Place) -> Any:
    for key in place[:-1]:
        facts = facts[key]
    return facts


def judged(facts: Any) -> Report:
    """The report of these facts, which is one that can be written down."""
    report = diagnose(doctor_report.facts_of({"facts": json.loads(json.dumps(facts))})[0])
    assert report.broken == ()
    assert document(report, "json")
    return report


def errors(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings if finding.severity is Severity.ERROR}


@cache
def errors_of(name: str) -> set[str]:
    return errors(judged(MACHINES[name]))


def stands(name: str, place: Place, value: object) -> bool:
    """Whether the machine's errors stand but for those that need the value."""
    gone = errors_of(name) - errors(judged(spoilt(MACHINES[name], place, value)))
    return not gone or not gone & errors(judged(without(MACHINES[name], place)))


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_errors_that_do_not_need_a_malformed_value_stand(name: str) -> None:
    decisive = [place for machine, place in LEAVES if machine == name and DECISIVE.intersection(place[-1:])]
    if errors_of(name):
        assert [place for place in decisive if not stands(name, place, "N/A")] == []


@given(leaf=st.sampled_from(LEAVES), value=st.sampled_from(GARBAGE))
@settings(max_examples=150, derandomize=True)
def test_errors_that_do_not_need_a_value_stand_whatever_it_is(leaf: tuple[str, Place], value: object) -> None:
    assert stands(*leaf, value)


@pytest.mark.parametrize("value", ["N/A", "", "9" * 5000, 10**400])
def test_the_capability_of_a_gpu_is_not_what_a_cpu_build_is_known_by(value: object) -> None:
    place = ("nvidia", "value", "gpus", 0, "compute_capability")
    report = judged(spoilt(MACHINES["cpu_build_on_rtx4070"], place, value))
    assert [f.rule for f in report.primary] == ["cpu-only-build-on-gpu-machine"]


@given(place=st.sampled_from([p for _, p in LEAVES]), value=st.recursive(st.text() | st.integers(), st.lists))
@settings(max_examples=60, derandomize=True)
def test_any_value_anywhere(place: Place, value: object) -> None:
    name = next(machine for machine, at in LEAVES if at == place)
    judged(spoilt(MACHINES[name], place, value))

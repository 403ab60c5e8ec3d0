"""Whole machines, recorded as facts, with the verdict expected of each.

`python -m tests.test_machines` writes the verdicts as they come out now; read the difference before committing it.
A machine whose verdict is known to be wrong still says the right one, and what is wrong under "gap".
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from doctor.diagnose import diagnose
from doctor.facts import Facts
from doctor.model import Severity
from tests.each import each

FOLDER = Path(__file__).parent / "machines"
MACHINES = sorted(FOLDER.glob("*.json"))


def verdict(facts: Facts) -> dict[str, list[str]]:
    """What is expected of a machine: the root causes and the warnings, by rule."""
    report = diagnose(facts)
    return {
        "primary": [f.rule for f in report.primary],
        "warnings": sorted(f.rule for f in report.of(Severity.WARNING)),
    }


def read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8")))


def marks(path: Path) -> tuple[pytest.MarkDecorator, ...]:
    gap = read(path).get("gap")
    return (pytest.mark.xfail(reason=gap),) if gap else ()


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem, marks=marks(path)) for path in MACHINES])
def test_machine_gets_its_verdict(path: Path) -> None:
    machine = read(path)
    got = verdict(msgspec.convert(machine["facts"], Facts))
    assert {name: got[name] for name in machine["expected"]} == machine["expected"]


@each("path", MACHINES, ids=str)
def test_no_rule_fails_on_a_machine(path: Path) -> None:
    assert diagnose(msgspec.convert(read(path)["facts"], Facts)).broken == ()


def rewrite() -> None:
    for path in MACHINES:
        machine = read(path)
        if "gap" in machine:
            continue
        machine["expected"] = verdict(msgspec.convert(machine["facts"], Facts))
        path.write_text(json.dumps(machine, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    rewrite()

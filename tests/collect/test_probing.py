from __future__ import annotations

import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from doctor.collect import FIELDS, collect
from doctor.facts import Facts, Host
from doctor.model import Status
from doctor.probes import Absent, Denied
from doctor.target import Target


def probes(monkeypatch: pytest.MonkeyPatch, **functions: object) -> None:
    """Put probes of our own in the place of the real ones."""
    for name in FIELDS:
        module = ModuleType(name)
        module.probe = functions.get(name, lambda target: Host(os="linux"))  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, f"doctor.probes.{name}", module)


def target(tmp_path: Path, **more: object) -> Target:
    return Target(sys.executable, cwd=tmp_path, **more)  # type: ignore[arg-type]


def raising(error: BaseException) -> object:
    def probe(target: Target) -> Host:
        raise error

    return probe


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Absent("no such file"), Status.ABSENT),
        (Denied("not for us"), Status.DENIED),
        (PermissionError(13, "Permission denied"), Status.DENIED),
        (TimeoutError("no answer in 3 s"), Status.TIMEOUT),
        (ValueError("odd"), Status.CRASHED),
    ],
)
def test_what_a_probe_raises_becomes_its_status(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: Exception, status: Status
) -> None:
    probes(monkeypatch, host=raising(error))
    reading = collect(target(tmp_path)).host
    assert reading.status is status
    assert reading.value is None
    assert str(error) in reading.reason


def test_a_probe_that_hangs_is_a_timeout_and_the_others_are_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("doctor.collect.probing._SLACK_S", 0.1)
    probes(monkeypatch, cpu=lambda target: time.sleep(30))
    facts = collect(target(tmp_path, deadline_s=0.2))
    assert facts.cpu.status is Status.TIMEOUT
    assert "no answer" in facts.cpu.reason
    assert facts.host.ok


def test_fast_leaves_the_import_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    probes(monkeypatch, runtime=raising(AssertionError("imported")))
    assert collect(target(tmp_path, fast=True)).runtime.status is Status.SKIPPED


def test_only_the_wanted_fields_are_collected_and_progress_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    probes(monkeypatch)
    told: list[str] = []
    facts = collect(target(tmp_path), ["host"], lambda field, reading: told.append(field))
    assert told == ["host"]
    assert facts.host.took_ms > 0
    assert facts.cpu.status is Status.SKIPPED


def test_every_field_has_its_probe() -> None:
    folder = Path(__file__).parents[2] / "doctor" / "probes"
    missing = [n for n in FIELDS if not (folder / f"{n}.py").exists() and not (folder / n / "__init__.py").exists()]
    assert missing == []
    assert set(FIELDS) == set(Facts.__struct_fields__) - {"error"}

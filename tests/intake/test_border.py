"""What of a report from outside is malformed counts as not known, and is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import pytest

from doctor import facts as structs
from doctor.diagnose import diagnose
from doctor.facts import Facts
from doctor.intake import doctor_report
from doctor.intake.forms import FORMS
from doctor.intake.recognise import examine
from doctor.model import Status
from doctor.render import document
from tests.each import each

MACHINES = sorted((Path(__file__).parents[1] / "machines").glob("*.json"))


def taken(text: str | None = None, **values: Any) -> tuple[Facts, tuple[str, ...]]:
    """The facts and notes of a report of these values, or of this JSON, as it is read from a file."""
    facts = {name: {"status": "ok", "value": value} for name, value in values.items()}
    found = examine(text or json.dumps({"facts": facts}))
    return found.facts, found.notes


def only(facts: Facts, name: str) -> Any:
    """The value of a reading that there is."""
    value = getattr(facts, name).value
    assert value is not None
    return value


def test_every_form_is_the_form_of_a_field() -> None:
    for name in FORMS:
        struct, _, field = name.partition(".")
        assert field in get_type_hints(getattr(structs, struct)), name


@each("path", MACHINES, ids=str)
def test_recorded_machines_come_through_as_they_are(path: Path) -> None:
    machine = json.loads(path.read_text("utf-8"))
    assert doctor_report.facts_of(machine) == (msgspec.convert(machine["facts"], Facts), ())


@pytest.mark.parametrize("value", ["N/A", "", "2.3x", "9" * 5000, "\ud800", "\u0662.\u0663", 8.9, None, ["8.9"], {}])
def test_a_capability_that_is_none(value: object) -> None:
    facts, notes = taken(nvidia={"driver_version": "550.54.14", "gpus": [{"name": "X", "compute_capability": value}]})
    nvidia = only(facts, "nvidia")
    assert nvidia.gpus[0].compute_capability is None
    assert nvidia.driver_version == "550.54.14"
    assert [note.partition(":")[0] for note in notes] == (
        [] if value is None else ["nvidia.gpus[0].compute_capability"]
    )


@pytest.mark.parametrize(
    ("section", "field", "value"),
    [
        ("torch", "version", "2.9.0a0+git1a2b3c4"),
        ("torch", "version", "2.1.0a0+32f93b1.nv23.08"),
        ("torch", "cuda_version", "10.0.130"),
        ("torch", "hip_version", "6.3.42131-fa1d09cbd"),
        ("torch", "version", ""),
        ("host", "distribution_version", ""),
        ("host", "virtual_machine", "google compute engine"),
        ("host", "jetson", "NVIDIA Orin NX Developer Kit"),
        ("nvidia", "driver_version", "580.95.05"),
        ("nvidia", "cuda_version", ""),
        ("runtime", "arch_list", ("sm_90a", "compute_120", "gfx90a", "gfx942:sramecc+:xnack-")),
        ("storage", "open_files_hard", 2**63 - 1),
    ],
)
def test_what_there_is_is_taken(section: str, field: str, value: object) -> None:
    facts, notes = taken(**{section: {field: value}})
    assert getattr(only(facts, section), field) == value
    assert notes == ()


@pytest.mark.parametrize(
    ("section", "field", "value"),
    [
        ("host", "os", "N/A"),
        ("host", "architecture", "None"),
        ("host", "wsl", 7),
        ("torch", "build", "N/A"),
        ("torch", "version", "unknown"),
        ("nvidia", "driver_version", "9" * 5000),
        ("nvidia", "cuda_version", "12.x"),
        ("python", "implementation", "nan"),
        ("python", "start_method", "N/A"),
        ("memory", "total_bytes", 10**400),
        ("memory", "available_bytes", -1),
        ("memory", "available_bytes", "N/A"),
        ("cpu", "quota_cores", float("nan")),
        ("cpu", "quota_cores", float("inf")),
        ("runtime", "arch_list", ["sm_80", "N/A"]),
        ("runtime", "cuda_available", "N/A"),
    ],
)
def test_what_is_malformed_is_not_known_and_told(section: str, field: str, value: object) -> None:
    facts, notes = taken(**{section: {field: value}})
    assert getattr(only(facts, section), field) is None
    (note,) = notes
    assert note.startswith(f"{section}.{field}")
    assert len(note) < 120


def test_a_number_of_more_digits_than_python_reads() -> None:
    text = '{"facts": {"memory": {"status": "ok", "value": {"total_bytes": 1%s, "swap_bytes": 5}}}}' % ("0" * 5000)
    memory = only(taken(text)[0], "memory")
    assert (memory.total_bytes, memory.swap_bytes) == (None, 5)


def test_half_characters_and_control_characters_are_nowhere() -> None:
    odd = "a\ud800b\x1b[31mc"
    config = {"path": odd, "settings": {"global": {odd: [odd, 10**400, float("nan")]}}}
    known = {"distribution": odd}, {"values": {odd: odd}}, {"config_files": [config]}
    facts, _ = taken(**dict(zip(("host", "variables", "sources"), known, strict=True)))
    assert only(facts, "host").distribution == "a\ufffdbc"
    assert only(facts, "variables").values == {"a\ufffdbc": "a\ufffdbc"}
    assert only(facts, "sources").config_files[0].settings == {"global": {"a\ufffdbc": ["a\ufffdbc"]}}
    assert document(diagnose(facts), "json")


def test_a_package_without_a_version_is_left_out_of_a_list_that_then_is_incomplete() -> None:
    listed = [{"name": "torch", "version": "2.7.1"}, {"name": "numpy", "version": "N/A"}]
    packages = only(taken(packages={"installed": listed})[0], "packages")
    assert [p.name for p in packages.installed] == ["torch"]
    assert not packages.complete


def test_a_folder_of_unknown_size_is_no_full_one() -> None:
    folders = [{"purpose": "environment", "path": "/env", "total_bytes": 10**12, "free_bytes": 10**40}]
    facts, notes = taken(storage={"folders": folders, "shm_bytes": 5})
    assert only(facts, "storage").folders == ()
    assert only(facts, "storage").shm_bytes == 5
    assert "free_bytes" in notes[0]


def test_gpus_of_which_one_is_malformed_are_not_known() -> None:
    facts, _ = taken(nvidia={"driver_version": "550.54.14", "gpus": [{"name": "X"}, "N/A"]})
    assert only(facts, "nvidia").gpus is None


def test_variables_of_which_one_is_malformed_are_incomplete() -> None:
    variables = only(taken(variables={"values": {"A": "1", "B": 2}})[0], "variables")
    assert variables.values == {"A": "1"}
    assert not variables.complete


@pytest.mark.parametrize("raw", [5, "N/A", {"status": "quantum"}, {"status": "ok"}, {"status": "ok", "value": 5}])
def test_a_reading_that_is_none_is_skipped(raw: object) -> None:
    facts, _ = taken(json.dumps({"facts": {"cpu": raw, "torch": {"status": "absent"}}}))
    assert facts.cpu.status is Status.SKIPPED
    assert "not understood" in facts.cpu.reason
    assert facts.torch.status is Status.ABSENT


def test_many_notes_are_counted() -> None:
    _, notes = taken(packages={"installed": [{"name": f"p{n}", "version": "N/A"} for n in range(30)]})
    assert len(notes) == doctor_report.MOST_NOTES + 1
    assert notes[-1].startswith("20 more")

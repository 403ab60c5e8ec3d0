"""`torch-doctor diff` as a user starts it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from doctor.cli import main
from doctor.diff import AREAS
from tests.environments import package, site_packages, venv

MACHINES = Path(__file__).parent.parent / "machines"


def facts_file(name: str, folder: Path) -> str:
    """A report of one of the test machines."""
    machine = json.loads((MACHINES / name).read_text())
    report = {"schema_version": 1, "kind": "check", "healthy": True, "findings": [], "unknown": [], "timings": {}}
    (folder / name).write_text(json.dumps(report | {"facts": machine.get("facts", machine)}))
    return str(folder / name)


def test_a_machine_is_identical_with_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = facts_file("rtx4090_healthy.json", tmp_path)
    assert main(["diff", name, name]) == 0
    assert "are identical" in capsys.readouterr().out


def test_two_machines(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    a, b = facts_file("v100_cu126_healthy.json", tmp_path), facts_file("v100_cu130.json", tmp_path)
    assert main(["diff", a, b, "--format", "json"]) == 1
    document = json.loads(capfd.readouterr().out)
    assert (document["kind"], document["identical"]) == ("diff", False)
    areas = [row["area"] for row in document["differences"]]
    assert "torch" in areas
    assert areas == sorted(areas, key=AREAS.index)


def test_two_environments(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name, version in (("a", "1.0"), ("b", "1.1")):
        venv(tmp_path / name)
        package(site_packages(tmp_path / name), "six", version, {"six.py": ""})
    assert main(["diff", str(tmp_path / "a"), str(tmp_path / "b")]) == 1
    assert "  six: 1.0 → 1.1" in capfd.readouterr().out
    assert main(["diff", str(tmp_path / "a"), "here", "--python", str(tmp_path / "a")]) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-", "-"), "only one of the two can be read from stdin"),
        (("/nonexistent.json", "/nonexistent.json"), "cannot read"),
        (("/nonexistent.toml", "here"), "cannot read"),
        (("a.json", "b.json", "--python", "x"), "--python needs `here` on one side"),
    ],
)
def test_wrong_usage(words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *words]) == 2
    assert said in capsys.readouterr().err


def test_a_newer_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "doctor.lock.toml").write_text("schema_version = 9\n")
    assert main(["diff", str(tmp_path), str(tmp_path)]) == 2
    assert "newer torch-doctor" in capsys.readouterr().err

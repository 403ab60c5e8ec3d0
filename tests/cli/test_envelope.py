"""Every command that has `--format json` prints one document, in the same envelope.

The stages of commands that install, download or train give a small result at once here; what they do is tested where
each command is.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from doctor.cli import COMMANDS, command_module, main, parser_of
from doctor.dataloader.model import DataLoaderReport
from doctor.diagnose import diagnose
from doctor.facts import Facts
from doctor.files.journal import default_journal
from doctor.model import SCHEMA_VERSION
from doctor.setup.contract import LockedBuild
from doctor.setup.locking import Lock
from doctor.setup.model import SetupPlan
from doctor.setup.prove import Proof
from doctor.smoke.model import RecipeReport
from tests.cli.test_diff import facts_file

Patch = pytest.MonkeyPatch
RECIPES = RecipeReport("cpu", "python", "2.9.0", True, 1.0, ())
BUILD = LockedBuild(
    name="cpu", file="pylock.cpu.toml", torch="2.9.0", os="linux", arch="x86_64", python="3.12", device="cpu"
)
PLAN = SetupPlan(folder="env", state="new", python="python", packages=(), build="cpu", source="PyPI", commands=())


def give(patch: Patch, name: str, result: object) -> None:
    patch.setattr(name, lambda *words, **named: result)


def lock(patch: Patch, folder: Path) -> list[str]:
    give(patch, "doctor.collect.collect", Facts())
    give(patch, "doctor.setup.locking.lock", Lock(BUILD, ()))
    return ["--dry-run"]


def fix(patch: Patch, folder: Path) -> list[str]:
    give(patch, "doctor.collect.collect", Facts())
    return []


def undo(patch: Patch, folder: Path) -> list[str]:
    default_journal().write(folder / "pip.conf", b"[global]\n", "a test")
    return ["--undo"]


def plan(patch: Patch, folder: Path) -> list[str]:
    give(patch, "doctor.setup.session.prepare", _Prepared())
    return ["--dry-run"]


def setup(patch: Patch, folder: Path) -> list[str]:
    give(patch, "doctor.setup.session.prepare", _Prepared())
    give(patch, "doctor.setup.session.carry_out", None)
    give(patch, "doctor.setup.prove.prove", Proof(diagnose(Facts()), RECIPES))
    return ["--yes"]


def mirrors(patch: Patch, folder: Path) -> list[str]:
    give(patch, "doctor.mirrors.run.probe_mirrors", _Looked())
    return []


def recipes(patch: Patch, folder: Path) -> list[str]:
    give(patch, "doctor.smoke.run", RECIPES)
    return []


def dataloader(patch: Patch, folder: Path) -> list[str]:
    give(patch, "doctor.dataloader.examine.examine", DataLoaderReport())
    return []


def check(patch: Patch, folder: Path) -> list[str]:
    return ["--from", facts_file("v100_cu130.json", folder)]


def diff(patch: Patch, folder: Path) -> list[str]:
    return [facts_file("v100_cu126_healthy.json", folder), facts_file("v100_cu130.json", folder)]


def lint(patch: Patch, folder: Path) -> list[str]:
    (folder / "train.py").write_text("from torch.utils.data import DataLoader\n")
    return [str(folder)]


def words(*given: str) -> Callable[[Patch, Path], list[str]]:
    return lambda patch, folder: list(given)


class _Prepared:
    plan, python = PLAN, "python"


class _Looked:
    judged, choice, warnings, complete = (), {}, (), True  # type: ignore[var-annotated]


CASES = [
    ("check", check, "check"),
    ("match", words("--os", "linux", "--driver", "550.54.14", "--gpu", "RTX 4090"), "match"),
    ("setup", plan, "setup"),
    ("setup", setup, "setup"),
    ("lock", lock, "lock"),
    ("diff", diff, "diff"),
    ("fix", fix, "fix"),
    ("fix", undo, "undo"),
    ("mirrors", mirrors, "mirrors"),
    ("dataloader", dataloader, "dataloader"),
    ("lint", lint, "lint"),
    ("run-recipes", recipes, "recipes"),
    ("explain", words("--no-facts", "CUDA error: no kernel image is available for execution on the device"), "explain"),
    ("explain", words("cpu-only-build-on-gpu-machine"), "rule"),
    ("explain", words("--list"), "rules"),
]


@pytest.mark.parametrize(("command", "prepare", "kind"), CASES, ids=[f"{case[0]}-{case[2]}" for case in CASES])
def test_the_envelope(
    command: str,
    prepare: Callable[[Patch, Path], list[str]],
    kind: str,
    tmp_path: Path,
    monkeypatch: Patch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert main([command, *prepare(monkeypatch, tmp_path), "--format", "json"]) in (0, 1, 4)
    document = json.loads(capfd.readouterr().out)
    assert list(document)[:2] == ["schema_version", "kind"] or command == "check"
    assert (document["schema_version"], document["kind"]) == (SCHEMA_VERSION, kind)
    assert len(document) > 2


def test_no_command_with_json_is_forgotten() -> None:
    formats = {
        name: [action.choices for action in parser_of(name, command_module(name))._actions if action.dest == "format"]
        for name in COMMANDS
    }
    assert {case[0] for case in CASES} == {name for name, found in formats.items() if found and "json" in found[0]}

"""Ignore comments, selected rules, severities, defects of rules."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from doctor.lint import engine
from doctor.lint.engine import ignored_rules, lint_file, lint_text
from doctor.model import Severity
from tests.source.snippets import EVERYWHERE

LOOP = "from torch.utils.data import DataLoader\nfor x in DataLoader(d, num_workers=2):{comment}\n    pass\n"
RULE = "dataloader-spawn-no-main-guard"


@pytest.mark.parametrize(
    ("source", "silenced"),
    [
        (LOOP.format(comment=""), False),
        (LOOP.format(comment="  # doctor: ignore"), True),
        (LOOP.format(comment=f"  # doctor: ignore[{RULE}]"), True),
        (LOOP.format(comment=f"  # doctor: ignore[dataloader-unpicklable, {RULE}] only on Linux"), True),
        (LOOP.format(comment="  # doctor: ignore[dataloader-unpicklable]"), False),
        (LOOP.format(comment="").replace("for x", f"# doctor: ignore[{RULE}]\nfor x"), True),
        (f"# doctor: ignore-file[{RULE}]\n" + LOOP.format(comment=""), True),
        ("# doctor: ignore-file\n" + LOOP.format(comment=""), True),
    ],
)
def test_ignore_comments(source: str, silenced: bool) -> None:
    assert (RULE not in {f.rule for f in lint_text(source, "", EVERYWHERE)}) is silenced


def test_a_text_without_comments_ignores_nothing() -> None:
    assert ignored_rules("x = 1\n") == {}


def test_rules_can_be_selected_left_out_and_graded() -> None:
    def with_settings(**changes: object) -> dict[str, Severity]:
        settings = msgspec.structs.replace(EVERYWHERE, **changes)
        return {f.rule: f.severity for f in lint_text(LOOP.format(comment=""), "", settings)}

    assert with_settings(select=frozenset({"dataloader-unpicklable"})) == {}
    assert RULE not in with_settings(ignore=frozenset({RULE}))
    assert with_settings(severity={RULE: Severity.INFO})[RULE] is Severity.INFO


def test_a_defect_of_a_rule_is_told_and_costs_no_other_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "script.py"
    file.write_text(LOOP.format(comment=""))

    def broken(*_: object, **__: object) -> None:
        raise ValueError("a defect")

    monkeypatch.setattr(engine, "lint_text", broken)
    found, note = lint_file(str(file), EVERYWHERE)
    assert found == []
    assert note is not None
    assert note.kind == "failed"
    assert "a defect" in note.message

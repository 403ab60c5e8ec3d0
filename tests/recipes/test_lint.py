"""The recipes follow our own rules of data loading."""

from __future__ import annotations

import json

from doctor.cli import main
from tests.recipes.conftest import FOLDER


def test_the_recipes_break_no_dataloader_rule(capsys):
    assert main(["lint", "--strict", "--format", "json", str(FOLDER)]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []

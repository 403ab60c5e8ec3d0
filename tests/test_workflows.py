"""CI runs the scripts that people run, with no more rights than reading, on three systems."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

CHECKOUT = Path(__file__).parents[1]
WORKFLOWS = sorted((CHECKOUT / ".github/workflows").glob("*.yml"))


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.name)
def workflow(request):
    return YAML(typ="safe").load(request.param.read_text())


def test_no_more_rights_than_reading(workflow):
    assert workflow["permissions"] == {"contents": "read"}


def test_every_job_has_a_limit(workflow):
    assert all(job["timeout-minutes"] <= 60 for job in workflow["jobs"].values())


def test_the_scripts_it_runs_are_there(workflow):
    commands = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    scripts = {
        name.replace("\\", "/") for text in commands for name in re.findall(r"(?:scripts|\.ci)[/\\][\w.]+", text)
    }
    assert {"scripts/test.sh", "scripts/bootstrap.sh", "scripts/bootstrap.ps1", ".ci/run"} <= scripts
    assert [name for name in scripts if not (CHECKOUT / name).exists()] == []


def test_three_systems():
    text = "".join(path.read_text() for path in WORKFLOWS)
    assert all(f"runs-on: {system}-" in text for system in ("ubuntu", "macos", "windows"))

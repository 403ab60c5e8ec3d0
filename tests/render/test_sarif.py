"""SARIF of lint findings."""

from __future__ import annotations

import json

from doctor.model import Severity
from doctor.render.sarif import sarif
from doctor.source.spots import LintFinding, LintResult, Note

FOUND = LintResult(
    (
        LintFinding("src/a b.py", 3, 5, "dataloader-unpicklable", Severity.ERROR, "a lambda"),
        LintFinding("src/a b.py", 9, 1, "dataloader-spawn-no-main-guard", Severity.INFO, "no guard"),
    ),
    (Note("old.py", "python-2", "Python 2 code"),),
    2,
)


def test_results_name_their_rule_place_and_level() -> None:
    document = json.loads(sarif(FOUND))
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    first, second = run["results"]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "dataloader-unpicklable"
    assert rules[second["ruleIndex"]]["id"] == second["ruleId"]
    assert [first["level"], second["level"]] == ["error", "note"]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "src/a%20b.py"
    assert place["region"] == {"startLine": 3, "startColumn": 5}
    assert all(r["shortDescription"]["text"] and r["help"]["markdown"] for r in rules)


def test_files_that_could_not_be_judged_are_notifications() -> None:
    (invocation,) = json.loads(sarif(FOUND))["runs"][0]["invocations"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"] == "Python 2 code"


def test_nothing_found_is_a_run_without_results() -> None:
    (run,) = json.loads(sarif(LintResult()))["runs"]
    assert run["results"] == []

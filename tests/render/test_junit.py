from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from doctor.render import junit
from doctor.smoke.model import RecipeReport, RecipeResult, RecipeStatus


def report(*results: RecipeResult) -> RecipeReport:
    return RecipeReport(device="auto", python="python", torch="9.9", quick=True, seconds=3.5, results=results)


def parsed(*results: RecipeResult) -> ET.Element:
    suite = ET.fromstring(junit.recipes(report(*results)).encode()).find("testsuite")
    assert suite is not None
    return suite


def test_every_outcome_has_its_element_and_is_counted():
    suite = parsed(*(RecipeResult(f"0{i}_x", "cpu", status, 1.25) for i, status in enumerate(RecipeStatus)))
    children = {case.get("name"): [child.tag for child in case] for case in suite}
    assert children == {"00_x": [], "01_x": ["failure"], "02_x": ["skipped"], "03_x": ["error"], "04_x": ["error"]}
    counts = {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "5", "failures": "1", "errors": "2", "skipped": "1"}


def test_a_case_names_the_device_the_time_and_the_cause():
    result = RecipeResult(
        "02_tensor", "cuda:1", RecipeStatus.FAILED, 0.5, detail="no", cause="no-driver", error="Traceback"
    )
    case = parsed(result)[0]
    assert (case.get("classname"), case.get("name"), case.get("time")) == ("recipes.cuda_1", "02_tensor", "0.500")
    assert (case[0].get("type"), case[0].get("message"), case[0].text) == ("no-driver", "no", "Traceback")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a < b & c > \"d\" ']]>'", "a < b & c > \"d\" ']]>'"),
        ("esc \x1b[31m and nul \0", "esc  and nul "),
        ("lone \ud800 surrogate, \uffff", "lone \ufffd surrogate, "),
        ("µ → ✓ 🎉", "µ → ✓ 🎉"),
    ],
)
def test_any_error_text_gives_xml_that_can_be_read(text, read):
    shown = parsed(RecipeResult("02_tensor", "cpu", RecipeStatus.CRASHED, 0.0, detail=text, error=text))[0][0].text
    assert shown == read

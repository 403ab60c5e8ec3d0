"""JUnit XML of a run of the recipes, for the test pages of CI services."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from doctor.render.passing import passed
from doctor.smoke.model import RecipeReport, RecipeResult, RecipeStatus

_ELEMENTS = {"failed": "failure", "crashed": "error", "timeout": "error", "skipped": "skipped"}
SUITE = "torch-doctor run-recipes"


def recipes(report: RecipeReport) -> str:
    """One suite, one test case a recipe and device; crashes and hangs are errors."""
    report = passed(report)
    count = {name: sum(_ELEMENTS.get(r.status) == name for r in report.results) for name in ("failure", "error")}
    suite = ET.Element(
        "testsuite",
        name=SUITE,
        tests=str(len(report.results)),
        failures=str(count["failure"]),
        errors=str(count["error"]),
        skipped=str(sum(r.status is RecipeStatus.SKIPPED for r in report.results)),
        time=f"{report.seconds:.3f}",
    )
    for result in report.results:
        suite.append(_case(result))
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _case(result: RecipeResult) -> ET.Element:
    name = f"recipes.{result.device.replace(':', '_')}"
    case = ET.Element("testcase", classname=name, name=result.recipe, time=f"{result.seconds:.3f}")
    element = _ELEMENTS.get(result.status)
    if element:
        shown = ET.SubElement(case, element, message=result.detail, type=result.cause or result.status.value)
        shown.text = result.error
    elif result.detail:
        ET.SubElement(case, "system-out").text = result.detail
    return case

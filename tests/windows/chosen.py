"""A plugin for the unit suite under Wine: of a test with many cells six, evenly spread; tells what ran.

    python -m pytest -p tests.windows.chosen tests/text

The last line of what is printed begins with RESULT and holds JSON: how many ran, failed, and were left out, by reason.
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict

import pytest

from tests import each

CELLS = each.most = 6
_REASON = f"more than {CELLS} cells of one test"

_outcomes: Counter[str] = Counter()
_left_out: Counter[str] = Counter()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    by_test: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        by_test[item.nodeid.partition("[")[0]].append(item)
    kept = {id(one) for cells in by_test.values() for one in each.spread(cells, CELLS)}
    left = [item for item in items if id(item) not in kept]
    _left_out[_REASON] += len(left)
    items[:] = [item for item in items if id(item) in kept]
    config.hook.pytest_deselected(items=left)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped:
        _left_out[
            str(report.longrepr[2]).removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else "xfail"
        ] += 1
    elif report.when == "call" or report.failed:
        _outcomes[report.outcome] += 1


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    _left_out[_REASON] += each.left_out
    print("\nRESULT", json.dumps({"ran": _outcomes, "left out": _left_out, "cpu": round(time.process_time(), 1)}))

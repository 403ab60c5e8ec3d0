"""How long each trial of the user's loader may take."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from doctor.target.inside.dataloader_script import check

EACH_S = 10.0


class Sandbox:
    """Every trial ends well; the first batch of the loader as it is written comes after `first_batch_s`."""

    def __init__(self, first_batch_s: float) -> None:
        self.first_batch_s = first_batch_s
        self.limits: dict[str, float] = {}

    def run(self, name: str, experiment: Callable[..., object], limit_s: float) -> dict[str, Any]:
        self.limits[name] = limit_s
        facts = {"batch": {"cannot_be_sent": ""}, "as written": {"first_batch_s": self.first_batch_s}}.get(name, {})
        return {"outcome": "passed", "facts": facts}


@pytest.mark.parametrize(("first_batch_s", "expected_s"), [(0.2, EACH_S), (18.0, 36.0)])
def test_where_workers_start_slowly_the_next_trials_have_more_time(
    first_batch_s: float, expected_s: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches = SimpleNamespace(order=lambda loader, most: [], MOST_BATCHES=8)
    monkeypatch.setitem(sys.modules, "dataloader_batches", batches)
    sandbox = Sandbox(first_batch_s)
    check(SimpleNamespace(num_workers=1), {"each_s": EACH_S, "methods": ["spawn"]}, sandbox)
    assert sandbox.limits["as written"] == 2 * EACH_S
    assert sandbox.limits["one worker by spawn"] == sandbox.limits["two workers"] == expected_s

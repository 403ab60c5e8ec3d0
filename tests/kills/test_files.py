"""A few of the kills of `scripts/kills.py`, over the commands that write what is the user's."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.kills import situations
from tests.kills.killing import kill_all_over, table

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are found by their environment"),
]
KILLS = {
    situations.fix_packages: 20,
    situations.fix_file: 4,
    situations.fix_undo: 6,
    situations.mirrors_apply: 4,
    situations.mirrors_undo: 6,
    situations.lock: 2,
}


@pytest.mark.parametrize("make", KILLS, ids=lambda make: make.__name__)
def test_nothing_is_torn_or_left(make: situations.Make, tmp_path: Path) -> None:
    with make(tmp_path) as situation:
        tally = kill_all_over(situation, KILLS[make], runs=1)
    assert tally.clean, "\n".join([*tally.told, table([tally])])
    assert tally.hit >= KILLS[make] // 2

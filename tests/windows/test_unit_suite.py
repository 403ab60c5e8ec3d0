"""The unit suite under CPython for Windows is the whole of it."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.windows.systems import CHECKOUT, Windows
from tests.windows.unit_suite import LEFT_OUT, PARTS, passes


def test_everything_is_run_or_left_out_for_a_reason() -> None:
    tests = CHECKOUT / "tests"
    files = [path.relative_to(tests).as_posix() for path in tests.rglob("test_*.py")]
    known = [*LEFT_OUT, *(one for part in PARTS.values() for one in part)]
    assert {name.partition("/")[0] for name in files} == {name for name in known if "/" not in name}
    assert len(known) == len(set(known))
    for name in known:
        file, _, test = name.partition("::")
        assert (tests / file).exists() and (not test or f"def {test}(" in (tests / file).read_text(encoding="utf-8"))


class Suite(Windows):
    """Ends as it is told, one run after the other, and keeps what it was asked for."""

    def __init__(self, *failing: int) -> None:
        self.failing, self.asked = list(failing), list[tuple[object, ...]]()

    @property
    def python(self) -> str:
        return "python"

    def run(self, *words: str | Path, **_: object) -> subprocess.CompletedProcess[str]:
        self.asked.append(words)
        failed = self.failing.pop(0)
        lines = [f"FAILED tests/text/test_x.py::test_one[a {number}] - Asser" for number in range(failed)]
        told = {"ran": {"passed": 200, "failed": failed}, "left out": {}}
        return subprocess.CompletedProcess(
            words, int(failed > 0), "\n".join([*lines, f"RESULT {json.dumps(told)}\n"]), ""
        )


@pytest.mark.skipif(sys.platform == "win32", reason="there it runs the suite itself")
@pytest.mark.parametrize(
    ("failing", "runs", "ends_well"), [((0,), 1, True), ((2, 0), 2, True), ((2, 1), 2, False), ((4,), 1, False)]
)
def test_a_few_that_fail_are_tried_again_and_many_are_not(failing, runs, ends_well, tmp_path: Path) -> None:
    suite, recorded = Suite(*failing), []
    with contextlib.nullcontext() if ends_well else pytest.raises(AssertionError):
        passes(suite, "judging", tmp_path, lambda _, told: recorded.append(told))
    assert len(suite.asked) == runs
    if runs == 2:
        again = [word for word in suite.asked[1] if "::" in str(word)]
        assert again == [f"tests/text/test_x.py::test_one[a {number}]" for number in range(failing[0])]
        assert recorded[0].get("again", 0) == (failing[0] if ends_well else 0)

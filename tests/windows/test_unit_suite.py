"""The unit suite under CPython for Windows is the whole of it."""

from __future__ import annotations

from tests.windows.systems import CHECKOUT
from tests.windows.unit_suite import LEFT_OUT, PARTS


def test_everything_is_run_or_left_out_for_a_reason() -> None:
    tests = CHECKOUT / "tests"
    files = [path.relative_to(tests).as_posix() for path in tests.rglob("test_*.py")]
    known = [*LEFT_OUT, *(one for part in PARTS.values() for one in part)]
    assert {name.partition("/")[0] for name in files} == {name for name in known if "/" not in name}
    assert len(known) == len(set(known))
    for name in known:
        file, _, test = name.partition("::")
        assert (tests / file).exists() and (not test or f"def {test}(" in (tests / file).read_text(encoding="utf-8"))

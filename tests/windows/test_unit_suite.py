"""The unit suite under CPython for Windows: whatever needs no Linux. What is left out is named with its reason.

Of a test with many cells a dozen run (tests/windows/chosen.py): the cells are values, and Linux runs them all.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.surroundings import not_brought
from tests.windows.systems import CHECKOUT, Windows

pytestmark = pytest.mark.heavy

PARTS = {
    "the machine": ("collect", "files", "probes", "process", "target", "test_machine_facts.py", "test_surroundings.py"),
    "judging": (
        "catalog", "diagnose", "explain", "intake", "privacy", "remedy", "rules", "text", "test_machines.py",
        "test_diff.py", "test_printed_commands.py",
    ),
    "what is done and shown": (
        "cli", "dataloader", "fix", "gate", "lint", "match", "mirrors", "recipes", "refresh", "render", "setup",
        "smoke", "source", "test_main.py", "test_nvml_scenarios.py", "test_readme.py",
    ),
}  # fmt: skip
_TEXT = "looks at the source text, which is the same everywhere"
_TOOLS = "needs development tools that the Windows environment has not"
LEFT_OUT = {
    "bootstrap": "runs bootstrap.ps1 under Wine itself",
    "fuzz": "time, not a system, is what it needs",
    "growth": "measures work, which is the same everywhere",
    "kills": "signals of POSIX",
    "windows": "is what runs the others",
    "test_atlas_python.py": _TEXT,
    "test_contributing.py": _TOOLS,
    "test_layers.py": _TOOLS,
    "test_names.py": _TEXT,
    "test_packaging.py": _TOOLS,
    "test_refresh_atlas.py": _TEXT,
    "test_refresh_catalog.py": _TEXT,
    "test_words.py": _TEXT,
    "test_workflows.py": _TEXT,
}


def test_everything_is_run_or_left_out_for_a_reason() -> None:
    tests = CHECKOUT / "tests"
    there = {path.parent.name for path in tests.glob("*/test_*.py")} | {path.name for path in tests.glob("test_*.py")}
    there |= {path.relative_to(tests).parts[0] for path in tests.glob("*/*/test_*.py")}
    assert sorted([*LEFT_OUT, *(one for part in PARTS.values() for one in part)]) == sorted(there)


@pytest.mark.parametrize("part", PARTS)
def test_it_passes(
    windows: Windows,
    part: str,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    if sys.platform == "win32":
        not_brought("this system runs the unit suite itself")
    done = windows.run(
        windows.python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.windows.chosen", "-m", "not heavy",
        "--tb=short", "--basetemp", tmp_path / "t", *(f"tests/{one}" for one in PARTS[part]),
    )  # fmt: skip
    told = json.loads(done.stdout.rpartition("RESULT ")[2].splitlines()[0])
    record_property("under Wine", told)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert told["ran"]["passed"] > 100

"""The unit suite under CPython for Windows: whatever needs no Linux. What is left out is named with its reason.

Of a test with many cells six run (tests/windows/chosen.py): the cells are values, and Linux runs them all. Each
part has a file of its own, so that several processes share the work.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.surroundings import not_brought
from tests.windows.systems import Windows

Record = Callable[[str, object], None]

PARTS = {
    "the machine": ("collect", "files", "probes", "process", "target", "test_machine_facts.py", "test_surroundings.py"),
    "judging": (
        "catalog", "diagnose", "explain", "intake", "match", "privacy", "remedy", "rules", "source", "text",
        "test_diff.py", "test_each.py", "test_machines.py", "test_printed_commands.py",
    ),
    "commands": ("cli", "dataloader", "test_main.py", "test_nvml_scenarios.py"),
    "what commands do": ("fix", "gate", "lint", "mirrors", "recipes", "refresh", "render", "setup", "smoke"),
}  # fmt: skip
_TEXT = "looks at the source text, which is the same everywhere"
_TOOLS = "needs development tools that the Windows environment has not"
_STARTS = "starts one program after the other, which takes Wine seconds each"
_VALUES = "tries values, which are the same everywhere"
_AGAIN = 3
LEFT_OUT = {
    "bootstrap": "runs bootstrap.ps1 under Wine itself",
    "fix/test_carry_out.py::test_packages_are_replaced_as_a_whole": _STARTS,
    "fix/test_replace.py": _STARTS,
    "explain/test_examples.py::test_every_expression_is_needed_by_an_example": _TEXT,
    "fuzz": _VALUES,
    "gate/test_hostile.py": _VALUES,
    "gate/test_planted_machine.py::test_no_command_tells_what_was_planted": _STARTS,
    "gate/test_planted_machine.py::test_no_format_that_people_paste_brings_it": _VALUES,
    "gate/test_ways_out.py::test_no_module_writes_beside_the_gate": _TEXT,
    "growth": "measures work, which is the same everywhere",
    "intake/test_malformed_machines.py": _VALUES,
    "intake/test_recognise.py::test_a_long_text_is_cut_and_that_is_said": _VALUES,
    "kills": "signals of POSIX",
    "privacy/test_properties.py": _VALUES,
    "rules/test_validation.py": _STARTS,
    "setup/test_failure.py": _STARTS,
    "windows": "is what runs the others",
    "test_atlas_python.py": _TEXT,
    "test_contributing.py": _TOOLS,
    "test_layers.py": _TOOLS,
    "test_names.py": _TEXT,
    "test_packaging.py": _TOOLS,
    "test_readme.py": _STARTS,
    "test_refresh_atlas.py": _TEXT,
    "test_refresh_catalog.py": _TEXT,
    "test_words.py": _TEXT,
    "test_workflows.py": _TEXT,
}


def passes(windows: Windows, part: str, folder: Path, record: Record) -> None:
    """It does; what ran and what did not is recorded, to be told at the end of the run.

    A few that fail are tried again by themselves: on a machine that does much else a start takes Wine longer than the
    tests' own time limits allow for.
    """
    if sys.platform == "win32":
        not_brought("this system runs the unit suite itself")
    left = [name for name in LEFT_OUT if "/" in name]
    without = (f"--{'deselect' if '::' in name else 'ignore'}=tests/{name}" for name in left)
    done = _run(windows, folder / "t", *without, *(f"tests/{one}" for one in PARTS[part]))
    assert "RESULT " in done.stdout, done.stdout[-6000:] + done.stderr[-2000:]
    told = json.loads(done.stdout.rpartition("RESULT ")[2].splitlines()[0])
    assert told["ran"]["passed"] > 100
    failed = re.findall(r"(?m)^FAILED (\S+(?:\[.*?\])?)(?: - .*)?$", done.stdout)
    if done.returncode and 0 < len(failed) <= _AGAIN and told["ran"].get("failed") == len(failed):
        again = _run(windows, folder / "again", *failed)
        if not again.returncode:
            told["ran"] |= {"failed": 0, "passed": told["ran"]["passed"] + len(failed)}
            told["again"] = len(failed)
            done = again
    record("under Wine", told)
    assert done.returncode == 0, _why(done.stdout) + done.stderr[-2000:]


def _run(windows: Windows, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return windows.run(
        windows.python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.windows.chosen", "-m", "not heavy",
        "--tb=short", "--basetemp", folder, *words,
    )  # fmt: skip


def _why(output: str) -> str:
    """What failed, before the long list of what was left out; the end of the output where pytest itself did not get
    so far."""
    _, failures, rest = output.partition("= FAILURES =")
    return failures + rest[:12000] + output[-2000:] if failures else output[-6000:]

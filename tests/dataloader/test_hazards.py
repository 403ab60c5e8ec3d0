"""Every hazard that source shows: a script that has it and is found, and its twin that has not and is quiet.

`hazards/<rule>/bad.py` and `good.py`. Those in RUNS are also run, under the start method where they bite, to prove that
the one really fails (or really gives wrong data) and the other does not. The rest cost time or memory, or need a
library, a platform or a frozen program.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from doctor.lint.engine import LintSettings, lint_file, lint_rules
from doctor.model import Severity
from tests.surroundings import unavailable

HAZARDS = Path(__file__).parent / "hazards"
SERVER = Path(__file__).parent / "run_scripts.py"
DEADLINE_S = "40"
# rule -> the start method under which it bites, and words of what is seen when it does ("" for a hang)
RUNS = {
    "dataloader-spawn-no-main-guard": (
        "forkserver",
        "before the\n        current process has finished its bootstrapping",
    ),
    "dataloader-defined-under-guard": ("forkserver", "Can't get attribute 'Squares' on <module '__mp_main__'"),
    "dataloader-global-under-guard": ("forkserver", "name 'SCALE' is not defined"),
    "dataloader-global-changed-at-run-time": ("forkserver", "AssertionError: [0, 1, 2, 3]"),
    "dataloader-unpicklable": ("forkserver", "pickle"),
    "dataloader-open-handle": ("forkserver", "cannot pickle"),
    "dataloader-start-method-set-twice": ("forkserver", "context has already been set"),
    "dataloader-interactive-windows": ("forkserver", "on <module '__main__' (built-in)>"),
    "dataloader-shared-handle": ("fork", "samples came out wrong"),
    "fork-deadlock-threads": ("fork", ""),
    "dataloader-batch-not-sendable": ("fork", ""),
    "dataloader-worker-exception-type": ("fork", "RuntimeError: Caught BadRecord"),
    "dataloader-cloned-generator": ("fork", "AssertionError"),
    "dataloader-same-numpy-seed": ("fork", "AssertionError"),
    "dataloader-iterable-not-sharded": ("fork", "AssertionError"),
    "dataloader-prefetch-without-workers": ("fork", "ValueError: prefetch_factor"),
    "dataloader-prefetch-zero": ("fork", "AssertionError"),
    "dataloader-persistent-without-workers": ("fork", "ValueError: persistent_workers"),
    "dataloader-timeout-without-workers": ("fork", "AssertionError"),
    "dataloader-bad-context": ("fork", "ValueError: multiprocessing_context"),
    "dataloader-sampler-conflict": ("fork", "ValueError: sampler option is mutually exclusive"),
    "dataloader-bad-size": ("fork", "cannot be interpreted as an integer"),
    "dataloader-late-attribute": ("fork", "ValueError: batch_size attribute"),
    "dataloader-empty-dataset": ("fork", "has no len()"),
    "dataloader-collate-mismatch": ("fork", "default_collate"),
    "dataloader-daemonic-process": ("fork", "daemonic processes are not allowed"),
    "dataloader-too-many-open-files": ("fork", "Too many open files"),
    "dataloader-pin-memory-without-accelerator": ("fork", "pin_memory"),
    "dataloader-too-many-workers": ("fork", "suggested max number of worker"),
}
ON_GPU = {
    "fork-after-cuda-init": ("fork", "Cannot re-initialize CUDA in forked subprocess"),
    "dataloader-backward-in-worker": ("fork", ""),
}
HANGS = {"fork-deadlock-threads", "dataloader-batch-not-sendable"}
JUDGED = {"dataloader-cuda-in-worker": ("windows",), "dataloader-mps-in-worker": ("macos",)}


def script(rule: str, kind: str) -> str:
    return str(next((HAZARDS / rule).glob(f"{kind}.*")))


def settings(rule: str) -> LintSettings:
    return LintSettings(platforms=JUDGED.get(rule, ("windows", "macos", "linux")), python=(3, 11))


@pytest.mark.parametrize("rule", sorted(r.id for r in lint_rules()))
def test_bad_script_is_found_and_its_twin_is_quiet(rule: str) -> None:
    bad, trouble = lint_file(script(rule, "bad"), settings(rule))
    assert trouble is None
    assert rule in {f.rule for f in bad}
    good, trouble = lint_file(script(rule, "good"), settings(rule))
    assert trouble is None
    assert good == []


def test_spawn_hazards_are_portability_notes_where_workers_are_forked() -> None:
    for rule, (method, _) in RUNS.items():
        here = settings(rule)
        forked = LintSettings(platforms=("linux",), python=(3, 11))
        newer = LintSettings(platforms=("linux",), python=(3, 14))
        if method == "forkserver" and rule != "dataloader-start-method-set-twice":
            severities = {f.severity for f in lint_file(script(rule, "bad"), forked)[0] if f.rule == rule}
            assert severities == {Severity.INFO}, rule
            for judged in (here, newer):
                found = {f.severity for f in lint_file(script(rule, "bad"), judged)[0] if f.rule == rule}
                assert Severity.INFO not in found, rule


@pytest.fixture(scope="module")
def outcomes(torch_python: Path) -> dict[str, dict[str, str]]:
    """What every script in RUNS did; torch is imported once for each start method."""
    found: dict[str, dict[str, str]] = {}
    for method in ("forkserver", "fork"):
        rules = [r for r, (m, _) in RUNS.items() if m == method]
        found |= served(torch_python, method, [r for r in rules if r not in HANGS], DEADLINE_S, CUDA_VISIBLE_DEVICES="")
        found |= served(torch_python, method, [r for r in rules if r in HANGS], "8", CUDA_VISIBLE_DEVICES="")
    return found


def served(python: Path, method: str, rules: list[str], deadline_s: str, **variables: str) -> dict[str, dict[str, str]]:
    scripts = [script(rule, kind) for rule in rules for kind in ("bad", "good")]
    argv = [str(python), str(SERVER), method, deadline_s, *scripts]
    done = (
        subprocess.run(argv, capture_output=True, text=True, timeout=280, check=False, env={**os.environ, **variables})
        if scripts
        else None
    )
    lines = done.stdout.splitlines() if done else []
    return {row["script"]: row for row in map(json.loads, lines)}


@pytest.mark.heavy
@pytest.mark.parametrize("rule", sorted(RUNS))
def test_bad_script_really_fails_and_its_twin_runs(rule: str, outcomes: dict[str, dict[str, str]]) -> None:
    bad, good = outcomes[script(rule, "bad")], outcomes[script(rule, "good")]
    assert bad["outcome"] == ("hung" if rule in HANGS else "failed"), bad["error"]
    assert RUNS[rule][1] in bad["error"]
    assert good["outcome"] == "passed", good["error"]


@pytest.fixture(scope="module")
def gpu_python(torch_python: Path) -> Path:
    asked = subprocess.run([torch_python, "-c", "import torch; print(torch.cuda.is_available())"], capture_output=True)
    if b"True" not in asked.stdout:
        unavailable("no CUDA device here", hardware=True)
    return torch_python


@pytest.mark.heavy
@pytest.mark.parametrize("rule", sorted(ON_GPU))
def test_bad_script_fails_on_a_gpu_and_its_twin_runs(rule: str, gpu_python: Path) -> None:
    method, words = ON_GPU[rule]
    outcomes = served(gpu_python, method, [rule], DEADLINE_S)
    assert outcomes[script(rule, "bad")]["outcome"] != "passed"
    assert words in outcomes[script(rule, "bad")]["error"]
    assert outcomes[script(rule, "good")]["outcome"] == "passed"

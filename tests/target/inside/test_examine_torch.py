"""The examination of a torch, on stand-ins that break in one way each and, marked heavy, on real ones."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from doctor.target import Target
from tests.environments import SMALL_TORCH, fake_torch, site_packages
from tests.processes import CRASH, CRASHED, START_S


def examined(python: Path, code: str, deadline_s: float = 20.0, *left_out: str):
    fake_torch(site_packages(python.parent.parent), code)
    return Target(python, cwd=python.parent, deadline_s=deadline_s).ask(
        "examine_torch", str(time.time() + deadline_s - 1), *left_out
    )


def steps(answers, kind="step") -> list[str]:
    return [answer[kind] for answer in answers if kind in answer]


def test_an_import_that_fails_ends_the_examination(bare_python):
    answers, ended = examined(bare_python, "raise ImportError('libcudart.so.12: cannot open shared object file')")
    done = next(answer for answer in answers if "done" in answer)
    assert ended.ok
    assert steps(answers) == ["import torch"]
    assert done["failure"]["message"].endswith("libcudart.so.12: cannot open shared object file")
    assert "examine_torch.py" not in done["failure"]["text"]  # the frames are the target's, not ours


def test_system_exit_is_a_failure(bare_python):
    answers, _ = examined(bare_python, "raise SystemExit(3)")
    assert next(answer for answer in answers if "done" in answer)["failure"]["message"] == "SystemExit: 3"


def test_each_step_is_announced_before_a_crash(bare_python):
    answers, ended = examined(bare_python, CRASH)
    assert steps(answers) == ["import torch"]
    assert steps(answers, "done") == []
    assert ended.signal == CRASHED
    assert str(Path("torch/__init__.py")) in ended.stderr  # faulthandler's stack


def test_a_hang_shows_its_stack(bare_python):
    answers, ended = examined(bare_python, "import time; time.sleep(60)", 1.5 + START_S)
    assert steps(answers) == ["import torch"]
    assert ended.timed_out
    assert str(Path("torch/__init__.py")) in ended.stderr


def test_steps_can_be_left_out(bare_python):
    answers, _ = examined(bare_python, SMALL_TORCH, 20.0, "torchvision", "cuda")
    assert "torchvision.ops" in steps(answers)
    assert not {"torchvision", "cuda"} & set(steps(answers))


def test_an_odd_torch_fails_step_by_step(bare_python):
    """A torch that has almost nothing: each step says what it misses, none ends the examination."""
    answers, ended = examined(bare_python, SMALL_TORCH)
    failed = {a["done"] for a in answers if a.get("failure")}
    assert ended.ok
    assert failed == {"cpu", "cudnn and nccl"}
    assert answers[-1].keys() == {"loaded_libraries"}


@pytest.mark.heavy
def test_real_torch(torch_python):
    answers, ended = Target(torch_python).ask("examine_torch", str(time.time() + 60))
    failures = {a["done"]: a["failure"] for a in answers if a.get("failure")}
    assert ended.ok
    assert failures == {}
    assert steps(answers) == steps(answers, "done")

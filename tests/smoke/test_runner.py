"""The harness: one process for all recipes, and a crash or a hang that costs its own recipe only."""

from __future__ import annotations

import math
import sys

import pytest

from doctor.smoke import RecipeOptions, run
from doctor.smoke.model import RecipeStatus
from doctor.target import Target
from tests.processes import CRASHED
from tests.smoke import stub_recipes


@pytest.fixture
def smoke(tmp_path):
    """Run recipes with these bodies; returns the report."""

    def start(*bodies: str, torch: str = "", gpus: int = 0, device: str = "cpu", recipes=(), deadline_s: float = 60.0):
        folder = stub_recipes.write(tmp_path / "recipes", *bodies, torch=torch, gpus=gpus)
        options = RecipeOptions(recipes=recipes, device=device, quick=True, deadline_s=deadline_s, folder=folder)
        streamed = []
        report = run(Target(sys.executable, cwd=tmp_path), options, streamed.append)
        assert tuple(streamed) == report.results
        return report

    return start


def outcomes(report) -> list[str]:
    return [r.status.value for r in report.results]


def test_all_pass_in_order(smoke):
    report = smoke("passes", "passes", "talks")
    assert report.passed
    assert [r.recipe for r in report.results] == ["01_numpy", "02_passes", "03_talks"]
    assert report.torch == "9.9"
    first = report.results[1]
    assert (first.first_loss, first.final_loss, first.detail, first.cause) == (2.0, 1.0, "fine", None)
    assert report.curves["cpu 02_passes"] == [2.0, 1.0]


@pytest.mark.parametrize("body", ["crashes", "ends"])
def test_a_crash_costs_its_own_recipe_only(smoke, body):
    report = smoke("passes", body, "passes", body, "passes")
    assert outcomes(report) == ["passed", "crashed", "passed", "crashed", "passed"]
    assert not report.passed


def test_a_signal_is_named(smoke):
    result = smoke("passes", "crashes").results[1]
    assert CRASHED in result.detail
    assert "(most recent call first)" in result.error  # faulthandler's stack


@pytest.mark.parametrize("body", ["hangs", "hangs_in_c"])
def test_a_hang_ends_at_the_deadline_and_shows_where(smoke, body):
    report = smoke("passes", body, "passes", deadline_s=1.0)
    assert outcomes(report) == ["passed", "timeout", "passed"]
    assert f"02_{body}.py" in report.results[1].error


def test_failures_keep_the_process(smoke):
    report = smoke("passes", "disagrees", "leaves", "raises", "passes")
    assert outcomes(report) == ["passed", "failed", "failed", "failed", "passed"]
    assert report.results[1].detail == "step 3: wrong"
    assert report.results[2].detail == "gone"
    assert "Traceback" in report.results[3].error


def test_a_known_error_has_its_cause(smoke):
    result = smoke("passes", "raises").results[1]
    assert result.cause == "torch-torchvision-mismatch"
    assert result.cause_title


def test_a_skip_is_no_pass(smoke):
    report = smoke("passes", "skips")
    assert outcomes(report) == ["passed", "skipped"]
    assert report.results[1].cause is None
    assert not report.passed


def test_the_losses_below_are_handed_up_and_a_failure_hands_up_nothing(smoke):
    report = smoke("tells_below", "disagrees", "tells_below")
    assert report.results[0].detail == "None"
    assert report.results[2].detail == "[2.0]"


def test_a_torch_that_cannot_be_imported_fails_what_needs_it(smoke):
    report = smoke("passes", "passes", "passes", torch="raise ImportError('libtorch_cpu.so: cannot open')")
    assert outcomes(report) == ["passed", "failed", "failed"]
    assert {r.detail for r in report.results[1:]} == {"libtorch_cpu.so: cannot open"}


def test_a_torch_whose_import_crashes_is_imported_once(smoke):
    report = smoke("passes", "passes", "passes", torch="import os; os._exit(9)")
    assert outcomes(report) == ["passed", "crashed", "crashed"]
    assert "import torch" in report.results[1].detail


def test_a_torch_whose_import_hangs(smoke):
    report = smoke("passes", "passes", torch="import time; time.sleep(600)", deadline_s=1.0)
    assert outcomes(report) == ["passed", "timeout"]


def test_devices_that_cannot_be_counted_fail_what_needs_them(smoke):
    broken = "__version__ = '9.9'\nclass cuda:\n    is_available = staticmethod(lambda: 1 / 0)"
    report = smoke("passes", "passes", "passes", torch=broken, device="auto")
    assert outcomes(report) == ["passed", "failed", "failed"]
    assert {r.detail for r in report.results[1:]} == {"division by zero"}


def test_auto_is_the_first_gpu_or_the_cpu(smoke):
    assert {r.device for r in smoke("passes", "passes", device="auto").results} == {"cpu"}
    report = smoke("passes", "passes", device="auto", gpus=2)
    assert [(r.recipe, r.device) for r in report.results] == [("01_numpy", "cpu"), ("02_passes", "cuda:0")]
    assert report.device == "cuda:0"


def test_all_is_every_device_and_a_crash_does_not_mix_them(smoke):
    report = smoke(
        "passes",
        "import os; os._exit(1) if device == 'cuda:0' else None; " + stub_recipes.PASSES,
        "passes",
        device="all",
        gpus=2,
    )
    assert [(r.device, r.status.value) for r in report.results] == [
        ("cpu", "passed"),
        ("cpu", "passed"),
        ("cpu", "passed"),
        ("cuda:0", "crashed"),
        ("cuda:0", "passed"),
        ("cuda:1", "passed"),
        ("cuda:1", "passed"),
    ]


def test_a_device_that_is_not_there_fails_with_its_cause(smoke):
    report = smoke("passes", "passes", "passes", device="cuda:9")
    assert outcomes(report) == ["passed", "failed", "failed"]
    assert {r.cause for r in report.results[1:]} == {"no-driver"}
    assert report.results[1].device == "cuda:9"


def test_a_device_that_crashes_the_process_is_tried_once(smoke):
    report = smoke("passes", "passes", "passes", device="mps")
    assert outcomes(report) == ["passed", "crashed", "crashed"]
    assert "device mps" in report.results[1].detail


def test_a_selection_is_run_alone(smoke):
    report = smoke("passes", "hangs", "passes", recipes=("3",))
    assert [r.recipe for r in report.results] == ["03_passes"]


def test_nothing_private_is_in_the_report(smoke):
    secret = "raise RuntimeError('https://me:hunter2@example.com/x in /home/zhaoming/train')"
    result = smoke("passes", secret).results[1]
    for text in (result.detail, result.error):
        assert "hunter2" not in text
        assert "zhaoming" not in text
        assert "example.com/x" in text


def test_a_loss_that_is_no_number_is_kept(smoke):
    report = smoke("passes", "not_a_number")
    assert math.isnan(report.curves["cpu 02_not_a_number"][1])


def test_files_in_the_working_folder_stand_in_for_nothing(smoke, tmp_path):
    (tmp_path / "json.py").write_text("raise ImportError('shadowed')")
    (tmp_path / "random.py").write_text("raise ImportError('shadowed')")
    assert smoke("import random; " + stub_recipes.PASSES, "passes").passed


def test_an_interpreter_that_does_not_start_loses_all(tmp_path):
    folder = stub_recipes.write(tmp_path / "recipes", "passes", "passes")
    report = run(Target(tmp_path / "no-python"), RecipeOptions(folder=folder))
    assert [r.status for r in report.results] == [RecipeStatus.CRASHED] * 2
    assert "not found" in report.results[0].detail

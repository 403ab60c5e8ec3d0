"""The oracle itself: what agrees, what does not, and the losses everybody must reach."""

from __future__ import annotations

import math

import pytest


@pytest.fixture
def ladder(recipe):
    return recipe("ladder")


def test_numpy_gives_the_known_losses(recipe, ladder):
    result = recipe("01_numpy").run()
    assert result["first_loss"] == pytest.approx(26365524.193454307, rel=1e-12)
    assert len(result["losses"]) == ladder.STEPS
    assert result["exact_losses"] == result["losses"]


def test_a_wrong_gradient_in_numpy_is_seen(recipe, ladder, monkeypatch):
    monkeypatch.setattr(ladder, "LEARNING_RATE", ladder.LEARNING_RATE * (1 + 1e-6))
    with pytest.raises(ladder.Disagrees, match="step 1:"):
        recipe("01_numpy").run()


@pytest.mark.parametrize("step", [0, 1, 250, 499])
def test_one_part_in_a_million_at_one_step_disagrees(ladder, step):
    below = ladder.reference()
    losses = list(below)
    losses[step] *= 1 + 1e-6
    with pytest.raises(ladder.Disagrees, match=f"step {step}:"):
        ladder.agree(losses, below)


def test_rounding_agrees(ladder):
    below = ladder.reference()
    ladder.agree([loss * (1 + 1e-10) for loss in below], below)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -1.0])
def test_what_is_no_loss_disagrees_in_both_precisions(ladder, bad):
    for float32 in (False, True):
        with pytest.raises(ladder.Disagrees):
            ladder.agree([bad], [1.0], float32=float32)


def test_missing_steps_disagree(ladder):
    with pytest.raises(ladder.Disagrees, match="2 steps, the rung below has 3"):
        ladder.agree([1.0, 1.0], [1.0, 1.0, 1.0])


def test_the_float32_tolerance_is_of_the_size_of_float32(ladder):
    assert ladder.tolerance_float32(2.6e7, 0) / 2.6e7 < 1e-5
    assert ladder.tolerance_float32(7e-5, 499) < 1.0
    assert ladder.tolerance_float32(1.0, 100) > ladder.tolerance_float32(1.0, 0)


def test_the_problem_is_the_same_every_time(ladder):
    x, y, w1, w2 = ladder.problem()
    assert (x.shape, y.shape, w1.shape, w2.shape) == ((64, 1000), (64, 10), (1000, 100), (100, 10))
    assert x[0, 0] == 1.764052345967664  # RandomState(0) gives it on every platform and version

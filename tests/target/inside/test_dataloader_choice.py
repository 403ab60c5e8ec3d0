"""Which setting is taken from measured throughputs."""

from __future__ import annotations

from doctor.target.inside.dataloader_choice import is_hopeless, is_settled, noise, recommend

NONE, ONE, TWO, TWO_AHEAD = (0, 0, False), (1, 2, False), (2, 2, False), (2, 4, False)


def test_the_smallest_within_the_noise_is_taken():
    rates = {NONE: [100, 101, 99], ONE: [200, 203, 199], TWO: [204, 201, 202], TWO_AHEAD: [206, 203, 205]}
    assert recommend(rates) == ONE
    assert recommend({**rates, TWO: [300, 303, 299]}) == TWO


def test_no_workers_when_none_pay():
    assert recommend({NONE: [100, 99, 101], TWO: [30, 31, 30]}) == NONE
    assert recommend({NONE: [100, 99, 101], TWO: [103, 104, 103]}) == NONE  # less than a process is worth


def test_noise_that_hides_the_difference_asks_for_more_rounds():
    noisy = {NONE: [100, 140, 80], TWO: [150, 90, 120]}
    assert not is_settled(noisy)
    assert recommend(noisy) == NONE
    assert noise(noisy, NONE) > 20


def test_a_clear_difference_is_settled():
    assert is_settled({NONE: [100, 101, 99], TWO: [200, 203, 199]})
    assert not is_settled({NONE: [100], TWO: [200]})  # of one round nothing is known


def test_what_is_far_behind_is_not_measured_again():
    rates = {NONE: [100, 101], ONE: [30, 31], TWO: [90, 20]}
    assert is_hopeless(rates, ONE)
    assert not is_hopeless(rates, TWO)
    assert not is_hopeless({**rates, ONE: [30]}, ONE)

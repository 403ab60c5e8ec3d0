"""The model behind the hints: it knows the rules there are, and what it has not seen it ranks as well as it says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from doctor import rules
from doctor.explain import alike
from tests.explain import example_files

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
import train_alike


def test_the_model_is_of_the_rules_there_are():
    known = set(alike.read().rules) - {""}
    assert known <= set(rules.names())
    shown = {example.first for example in example_files.every()} - {""}
    assert len(shown - known) <= len(shown) / 10, "python scripts/train_alike.py --write"


def test_likelihoods_are_shares_of_one():
    likely = alike.likelihoods("RuntimeError: CUDA error: out of memory", alike.read())
    assert sum(likely.values()) == pytest.approx(1)
    assert max(likely, key=likely.__getitem__) == "out-of-memory"


@pytest.mark.heavy
def test_a_fifth_that_it_has_not_seen(record_property, capsys):
    score = train_alike.held_back(folds=1)
    with capsys.disabled():
        print(
            f"\nexamples held back, by the model of the others: first {score.first:.3f}, among three {score.among:.3f}"
        )
    assert score.among > 0.85

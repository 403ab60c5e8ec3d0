"""The cause of a recipe's error: named by the text, not ruled out by the facts."""

from __future__ import annotations

import sys

import pytest

from doctor.smoke.causes import Causes
from doctor.target import Target


@pytest.fixture
def causes():
    return Causes(Target(sys.executable, deadline_s=20))


def test_the_text_names_the_cause(causes):
    found = causes.cause_of("RuntimeError: operator torchvision::nms does not exist")
    assert found.rule == "torch-torchvision-mismatch"


def test_what_no_rule_knows_has_no_cause(causes):
    assert causes.cause_of("step 3: loss 1.0, the rung below has 2.0") is None


def test_a_text_is_judged_once(causes, monkeypatch):
    text = "RuntimeError: operator torchvision::nms does not exist"
    first = causes.cause_of(text)
    monkeypatch.setattr(causes, "_find_cause", lambda _: pytest.fail("judged twice"))
    assert causes.cause_of(text) is first

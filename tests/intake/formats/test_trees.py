from __future__ import annotations

import pytest

from doctor.intake.formats import poetry, trees


def test_two_locked_versions_tell_neither():
    text = "thing v0.1.0\n├── torch v2.5.1\n├── torch v2.2.2\n└── numpy v1.26.4\n"
    packages = trees.read(text.splitlines())[0]["packages"]
    assert (packages.version("torch"), packages.version("numpy")) == (None, "1.26.4")


@pytest.mark.parametrize("text", ["src\n├── torch\n└── main.py", "torch 2.1 and\n- numpy v1.26", "| a | torch v2.1 |"])
def test_other_trees_are_left_alone(text: str):
    assert trees.read(text.splitlines()) == ({}, set())


def test_what_poetry_has_not_installed_is_not_there():
    facts, used = poetry.read(["$ poetry show", "torch (!) 2.2.1 Tensors", "numpy 1.26.4 Arrays"])
    assert facts["packages"].version("torch") is None
    assert used == {0, 1, 2}


def test_prose_about_poetry_is_left_alone():
    assert poetry.read(["I ran poetry show and saw", "nothing 1 of it", "name : torch", "and : more"])[1] <= {0, 1}

"""Answers at a Python prompt."""

from __future__ import annotations

from doctor.intake.formats import python_prompt

FIRST = [">>> torch.__version__", "'2.4.1+cu124'", ">>> torch.cuda.is_available()", "True"]


def test_of_two_torches_nobody_knows_which_gave_an_answer():
    facts, used = python_prompt.read(FIRST)
    assert (facts["torch"].version, facts["runtime"].cuda_available) == ("2.4.1+cu124", True)
    again, _ = python_prompt.read([*FIRST, *FIRST])
    assert again == facts
    two, taken = python_prompt.read([*FIRST, ">>> torch.__version__", "'2.6.0+cpu'"])
    assert "torch" not in two and "runtime" not in two
    assert taken == {*used, 4, 5}


def test_a_prompt_that_names_an_environment_and_a_long_folder():
    line = '(seg) root@5f1c2ab9d011:/data/projects/some/long/folder/of/a/program# python -c "import torch; '
    facts, used = python_prompt.read([line + 'print(torch.__version__)"', "2.2.1"])
    assert (facts["torch"].version, used) == ("2.2.1", {0, 1})


def test_of_an_answer_that_changed_neither_is_told():
    facts, _ = python_prompt.read([*FIRST, ">>> torch.cuda.is_available()", "False"])
    assert facts["torch"].version == "2.4.1+cu124"
    assert "runtime" not in facts or facts["runtime"].cuda_available is None


def test_a_lone_print_whose_prompt_was_not_copied():
    facts, used = python_prompt.read(["", "print(torch.__version__)", "1.8.1+cu102", "False"])
    assert (facts["torch"].version, used) == ("1.8.1+cu102", {1, 2})
    for script in (
        ["print(torch.version.cuda)", "print(torch.__version__)", "12.1", "2.3.0"],  # a script, and what it printed
        ["print(torch.__version__)", "# 2.3.0"],
        ["print(torch.__version__)", "", "2.3.0"],
    ):
        assert python_prompt.read(script) == ({}, set())


def test_a_later_torch_is_seen_though_its_prompt_was_not_copied():
    facts, _ = python_prompt.read([*FIRST, "after the update:", "print(torch.__version__)", "2.6.0"])
    assert "torch" not in facts


def test_a_remark_behind_an_answer():
    lines = [">>> print(torch.__version__, torch.cuda.is_available())", "2.7.1 False # why?"]
    facts, used = python_prompt.read(lines)
    assert (facts["torch"].version, facts["runtime"].cuda_available, used) == ("2.7.1", False, {0, 1})

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

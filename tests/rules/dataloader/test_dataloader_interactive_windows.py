"""dataloader-interactive-windows."""

from __future__ import annotations

import pytest

from doctor.facts import Python
from doctor.model import Severity
from tests.rules.judging import finding, is_open, points_to
from tests.source.snippets import LINUX
from tests.source.snippets import rules as found_in

RULE = "dataloader-interactive-windows"
HEAD = "from torch.utils.data import DataLoader, Dataset\n"
CELLS = HEAD + "class D(Dataset):\n    pass\nloader = DataLoader(D(), num_workers={count})\n"


def test_a_class_of_a_cell_given_to_workers() -> None:
    assert found_in(CELLS.format(count=2), is_notebook=True)[RULE] == "error"
    assert found_in(CELLS.format(count=2), LINUX, is_notebook=True)[RULE] == "info"


def test_near_misses() -> None:
    assert RULE not in found_in(CELLS.format(count=0), is_notebook=True)
    assert RULE not in found_in(CELLS.format(count=2))
    imported = HEAD + "from data import D\nloader = DataLoader(D(), num_workers=2)\n"
    assert RULE not in found_in(imported, is_notebook=True)


def test_a_kernel_where_workers_do_not_fork_is_told() -> None:
    found = finding(RULE, python=Python(jupyter=True, start_method="spawn"))
    assert found is not None
    assert found.severity is Severity.INFO


@pytest.mark.parametrize(
    "python",
    [Python(jupyter=True, start_method="fork"), Python(jupyter=False, start_method="spawn"), Python(jupyter=True)],
)
def test_a_prompt_and_a_program_that_chooses_its_method_need_not_show(python: Python) -> None:
    assert is_open(RULE, python=python)


def test_error_texts() -> None:
    assert points_to(RULE, "AttributeError: Can't get attribute 'DS' on <module '__main__' (built-in)>")
    assert not points_to(RULE, "AttributeError: Can't get attribute 'DS' on <module '__main__' from 'train.py'>")

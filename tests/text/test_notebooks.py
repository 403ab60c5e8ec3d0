"""What a pasted notebook shows."""

from __future__ import annotations

import json

import pytest

from doctor.intake.recognise import examine
from doctor.text import notebooks

STREAM = {"output_type": "stream", "name": "stdout", "text": ["torch 2.4.1+cpu\n", "False\n"]}
RESULT = {"output_type": "execute_result", "data": {"text/plain": ["'2.4.1+cpu'"], "image/png": "aaaa"}}
ERROR = {
    "output_type": "error",
    "ename": "AssertionError",
    "evalue": "Torch not compiled with CUDA enabled",
    "traceback": ["\u001b[0;31mAssertionError\u001b[0m    Traceback", "----> 1 net.cuda()"],
}
CELLS = [
    {"cell_type": "markdown", "source": "# I have an RTX 3060"},
    {"cell_type": "code", "source": ["import torch\n", "!pip install torch==2.4.1\n"], "outputs": [STREAM, RESULT]},
    {"cell_type": "code", "source": "net.cuda()", "outputs": [ERROR]},
]
NOTEBOOK = {"cells": CELLS, "metadata": {"language_info": {"name": "python"}}, "nbformat": 4}


def test_outputs_and_shell_lines_are_shown():
    assert notebooks.shown(json.dumps(NOTEBOOK)).splitlines() == [
        "!pip install torch==2.4.1",
        "torch 2.4.1+cpu",
        "False",
        "'2.4.1+cpu'",
        "\u001b[0;31mAssertionError\u001b[0m    Traceback",
        "----> 1 net.cuda()",
        "AssertionError: Torch not compiled with CUDA enabled",
    ]


def test_one_that_is_cut_off_is_read_line_by_line():
    text = "Here is my notebook:\n" + json.dumps(NOTEBOOK, indent=1)
    shown = notebooks.shown(text[: text.index("image/png")]).splitlines()
    assert shown == ["Here is my notebook:", "!pip install torch==2.4.1", "torch 2.4.1+cpu", "False", "'2.4.1+cpu'"]
    assert "Error: Torch not compiled with CUDA enabled" in notebooks.shown(text[:-4]).splitlines()


@pytest.mark.parametrize(
    "text",
    [
        "PyTorch version: 2.4.1\n",
        '{"torch": "2.4.1"}',
        '{"cell_type": "code"}',
        '[{"cell_type": "code", "outputs": 3}]',
        '{"cells": [3, {"cell_type": "code", "outputs": [1, {"output_type": "stream", "text": 1}]}]}',
    ],
)
def test_what_shows_nothing_stays_as_it_is(text: str):
    assert notebooks.shown(text) == text


def test_the_machine_of_a_notebook_is_judged():
    facts = examine(json.dumps(NOTEBOOK)).facts
    assert facts.torch.value and facts.torch.value.build == "cpu"
    assert facts.error.value and "Torch not compiled with CUDA enabled" in facts.error.value.text

from __future__ import annotations

import pytest

from doctor.intake.formats import pip_json


@pytest.mark.parametrize(
    "text",
    [
        '[{"name": "torch"}]',
        '[{"name": "torch", "version": 2}]',
        '[{"name": "torch", "version": "2.1.0"}, "x"]',
        '{"name": "torch", "version": "2.1.0"}',
        "[1, 2",
        "[" * 5000,
        '{"pip_version"',
    ],
)
def test_other_json_is_left_alone(text: str):
    assert pip_json.read(text.splitlines()) == ({}, set())


def test_a_list_within_a_text():
    lines = ["see:", '[{"name":"Torch_Audio","version":"2.1.0"}]', "thanks"]
    facts, used = pip_json.read(lines)
    assert facts["packages"].version("torch-audio") == "2.1.0"
    assert used == {1}

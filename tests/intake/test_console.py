from __future__ import annotations

import pytest

from doctor.intake import console

FORMS = (r"GPU: (?P<gpu>.+?) VRAM (?P<vram>\d+) Arch \((?P<arch>\d+, \d+)\)", r"Torch (?P<torch>\d\S+)")


def test_wrapped_lines_are_one_statement():
    said = console.statements(
        ("13:30:08-383453 INFO     GPU: NVIDIA GeForce RTX 3090 VRAM 24260", " " * 25 + "Arch (8, 6)")
    )
    assert [(one.text, one.lines) for one in said] == [
        ("GPU: NVIDIA GeForce RTX 3090 VRAM 24260 Arch (8, 6)", range(2))
    ]


def test_an_indented_level_begins_a_statement():
    said = console.statements(("13:30:08-390804 INFO     Torch 2.1.2", " " * 25 + "WARNING  Torch reports"))
    assert len(said) == 2


def test_the_level_of_a_warning_stays():
    assert console.statements(("13:30:08-398155 WARNING  Torch 2.1.2",))[0].text.startswith("WARNING")


def test_details_belong_to_their_gpu():
    facts, used = console.read(
        ["Torch 2.1.2+cu118", "GPU: NVIDIA A100 VRAM 40326 Arch (8, 0)", "GPU: Tesla T4 VRAM 15102 Arch (7, 5)"],
        "Torch",
        FORMS,
        (r"\Z",),
    )
    assert [(g.name, g.compute_capability, g.index) for g in facts["nvidia"].gpus] == [
        ("NVIDIA A100", "8.0", 0),
        ("Tesla T4", "7.5", 1),
    ]
    assert used == {0, 1, 2}


@pytest.mark.parametrize("size", ["1" * 400, "1.2.3", ""])
def test_what_is_no_size_tells_none(size: str) -> None:
    facts = console.facts_of_told([{"gpu": "NVIDIA GeForce RTX 4070", "vram_gb": size}])
    assert facts["nvidia"].gpus[0].memory_bytes is None


def test_nothing_is_read_where_the_program_is_not_known():
    assert console.read(["Torch 2.1.2+cu118"], "ComfyUI", FORMS, (r"\Z",)) == ({}, set())

from __future__ import annotations

import pytest

from doctor.intake.formats import titles


@pytest.mark.parametrize(
    ("title", "gpus"),
    [
        ("# Training crashes on RTX 3070", ["RTX 3070"]),
        ("\n# RTX 4060 Ti: no kernel image is available", ["RTX 4060 Ti"]),
        ("# GTX 1660 用不了", ["GTX 1660"]),
        ("# 为什么这么慢，RTX 2060", ["RTX 2060"]),
        ("# It uses the CPU instead of my GPU, RTX 2080", ["RTX 2080"]),
    ],
)
def test_a_complaint_names_the_own_gpu(title: str, gpus: list[str]):
    nvidia = titles.read(title.splitlines())[0]["nvidia"]
    assert [gpu.name for gpu in nvidia.gpus] == gpus


@pytest.mark.parametrize(
    "title",
    [
        "# RTX 5090 support",
        "# Does it fail on an RTX 3060?",
        "# Crashes on RTX 3090 or RTX 4090",
        "# Error on RTX 50 series",
        "# Feature request: no error on RTX 3060",
        "# 求支持 RTX 5070，报错",
        "## RTX 3060 not found",
        "RTX 3060 not found",
        "Hello\n# RTX 3060 not found",
        "# The window is not found",
    ],
)
def test_wishes_questions_and_other_headings_tell_nothing(title: str):
    assert titles.read(title.splitlines()) == ({}, set())


def test_radeons_are_named_in_short():
    amd = titles.read(["# 7900xt not detected"])[0]["amd"]
    assert [gpu.name for gpu in amd.gpus] == ["Radeon RX 7900xt"]

"""One release and no other: how a requirement is written for uv and pip."""

from __future__ import annotations

import pytest
from packaging.specifiers import SpecifierSet

from doctor.setup.model import exact


@pytest.mark.parametrize(
    ("requirement", "pinned"),
    [
        ("torch==2.13.0", "torch===2.13.0"),
        ("torch==2.13.0+cpu", "torch==2.13.0+cpu"),
        ("certifi==2023.07.22", "certifi===2023.7.22"),
        ("docutils==0.21.post1", "docutils===0.21.post1"),
        ("numpy<2", "numpy<2"),
        ("pillow", "pillow"),
    ],
)
def test_a_release_is_pinned(requirement: str, pinned: str) -> None:
    assert exact(requirement) == pinned


def test_only_that_build_answers() -> None:
    plain = SpecifierSet(exact("torch==2.13.0").removeprefix("torch"))
    assert plain.contains("2.13.0") and not plain.contains("2.13.0+cpu")
    tagged = SpecifierSet(exact("torch==2.13.0+cpu").removeprefix("torch"))
    assert tagged.contains("2.13.0+cpu") and not tagged.contains("2.13.0")

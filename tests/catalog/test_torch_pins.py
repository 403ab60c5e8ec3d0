from __future__ import annotations

from doctor import catalog
from doctor.catalog.torch_pins import _pins, made_for, pinned_torch


def test_each_release_is_pinned_once_and_to_a_torch_that_there_is() -> None:
    known = {row.torch for row in catalog.all_releases()}
    assert len(_pins()) > 90
    assert {pin.rstrip("+") for pin in _pins().values()} <= known


def test_the_newest_release_for_a_torch() -> None:
    assert pinned_torch("xformers", "0.0.22.post7+cu118") == "2.1.0"
    assert made_for("xformers", "2.1.0") == "0.0.22.post7"
    assert pinned_torch("xformers", "0.0.13") == made_for("xformers", "9.9.9") == pinned_torch("timm", "1.0") == ""

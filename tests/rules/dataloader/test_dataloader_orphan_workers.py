"""dataloader-orphan-workers."""

from __future__ import annotations

from doctor import rules


def test_it_explains_itself() -> None:
    assert "process group" in rules.load("dataloader-orphan-workers").doc

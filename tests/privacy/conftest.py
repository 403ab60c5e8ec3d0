"""Surroundings in which the names of a machine are known."""

from __future__ import annotations

import pytest

from doctor.privacy import own


@pytest.fixture(autouse=True)
def alice(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USERPROFILE", "LOGNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/alice")
    monkeypatch.setenv("USER", "alice")
    monkeypatch.setattr(own, "_host", lambda: "wonderland7")

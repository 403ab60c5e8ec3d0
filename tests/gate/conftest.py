"""Whose machine it is: a name that is nowhere else in an output."""

from __future__ import annotations

import sys

import pytest

from doctor import privacy
from tests.gate.markers import HOST, USER


@pytest.fixture
def gruber(monkeypatch: pytest.MonkeyPatch) -> str:
    """The home folder."""
    for name in ("USERPROFILE", "LOGNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    home = f"{'C:' * (sys.platform == 'win32')}/srv/homes/{USER}"
    monkeypatch.setenv("HOME", home)
    monkeypatch.setenv("USER", USER)
    monkeypatch.setattr(privacy.own, "_host", lambda: HOST)
    return home

"""What several tests of the bootstrap begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bootstrap.parts import stand_in


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "wheels").mkdir()
    return stand_in(tmp_path / "wheels")

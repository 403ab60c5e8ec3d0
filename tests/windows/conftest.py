"""A Windows to run programs on, this one or Wine's (tests/windows/systems.py), and a user of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.windows.systems import Windows, Wine, system
from tests.windows.users import User


@pytest.fixture(scope="session")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Windows]:
    made = system(tmp_path_factory.mktemp("windows"))
    yield made
    if isinstance(made, Wine):
        made.end()


@pytest.fixture
def user(windows: Windows, tmp_path: Path) -> User:
    return User(windows, tmp_path)

"""The fixture `windows`: a Windows to run programs on, this one or Wine's (tests/windows/systems.py)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.windows.systems import Windows, Wine, system


@pytest.fixture(scope="session")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Windows]:
    made = system(tmp_path_factory.mktemp("windows"))
    yield made
    if isinstance(made, Wine):
        made.end()

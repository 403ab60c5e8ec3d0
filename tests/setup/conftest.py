from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.setup.wheel_index import Index, pair, serving


def use_own_caches(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Nothing of the user's: a port that is used again must not find another test's files."""
    patch.setenv("UV_CACHE_DIR", str(folder / "uv-cache"))
    patch.setenv("PIP_CACHE_DIR", str(folder / "pip-cache"))
    patch.setenv("XDG_STATE_HOME", str(folder / "state"))
    patch.setenv("PIP_NO_INPUT", "1")
    patch.setenv("PIP_CONFIG_FILE", os.devnull)
    patch.setenv("UV_NO_CONFIG", "1")
    for name in ("UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_FIND_LINKS", "UV_OFFLINE", "PIP_FIND_LINKS", "VIRTUAL_ENV"):
        patch.delenv(name, raising=False)


@pytest.fixture
def own_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_own_caches(tmp_path, monkeypatch)


@pytest.fixture
def index(own_caches: None) -> Iterator[Index]:
    with serving(Index(pair())) as running:
        yield running

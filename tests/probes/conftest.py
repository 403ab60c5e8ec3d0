"""A target for probes that look at the machine itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from doctor.target import Target


@pytest.fixture
def target(tmp_path: Path) -> Target:
    """The interpreter of the tests, in an empty working folder."""
    return Target(sys.executable, cwd=tmp_path, deadline_s=20)

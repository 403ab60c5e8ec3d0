"""The unit suite under CPython for Windows: what commands do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.windows.systems import Windows
from tests.windows.unit_suite import Record, passes

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(1800)]


def test_it_passes(windows: Windows, tmp_path: Path, record_property: Record) -> None:
    passes(windows, "what commands do", tmp_path, record_property)

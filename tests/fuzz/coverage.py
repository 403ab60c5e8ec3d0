"""Which lines of the doctor have run: whether a text reached any that none before it did.

Python 3.12 and newer tell that for next to nothing (PEP 669). Before, a tracer would make each text take ten times as
long, and `scripts/fuzz.py` has atheris for that: `count` stays 0.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import CodeType
from typing import Any

import doctor

_ROOT = str(Path(doctor.__file__).parent)


class Coverage:
    """`count` grows with every line that runs for the first time since this was made."""

    def __init__(self) -> None:
        self.count = 0
        of: Any = getattr(sys, "monitoring", None)
        if of is None:
            return
        if of.get_tool(of.COVERAGE_ID) is None:
            of.use_tool_id(of.COVERAGE_ID, "doctor-fuzz")
        of.restart_events()
        of.register_callback(of.COVERAGE_ID, of.events.LINE, self._on_line)
        of.set_events(of.COVERAGE_ID, of.events.LINE)

    def _on_line(self, code: CodeType, line: int) -> Any:
        self.count += code.co_filename.startswith(_ROOT)
        return sys.monitoring.DISABLE  # type: ignore[attr-defined]

"""Child processes, bounded: the only room that starts any."""

from __future__ import annotations

from doctor.process.bounded import NOWHERE, ProcessResult, kill_all, run, signal_name
from doctor.process.signals import passthrough

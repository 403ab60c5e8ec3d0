"""torch imported in the target and tried out, step by step (`doctor/target/inside/examine_torch.py`)."""

from __future__ import annotations

import time

from doctor.facts import Runtime
from doctor.probes import Absent
from doctor.probes._examination import Examination
from doctor.target import Target

_MARGIN_S = 1.0


def probe(target: Target) -> Runtime:
    """Import torch and its companions and use each device once.

    A step that kills the process is left out of a second examination, so that the steps behind it are tried too.
    Raises Absent when there is no torch to import, Crashed or TimeoutError when the target does not even start.
    """
    deadline = time.monotonic() + target.deadline_s
    examination = Examination()
    while True:
        left_s = deadline - time.monotonic()
        until = time.time() + max(0.5, left_s - _MARGIN_S)
        _, ended = target.ask(
            "examine_torch", str(until), *examination.settled, timeout_s=left_s, on_event=examination.on_event
        )
        if not examination.on_exit(ended) or deadline - time.monotonic() < left_s / 2:
            break
    if examination.not_started:
        raise examination.not_started
    if examination.no_torch:
        raise Absent("no torch to import")
    return examination.runtime()

"""One question to the target about workers, and the certainty that nothing of it stays behind.

Processes are ended by `doctor.process`; shared memory is found by the numbers of the processes, semaphores by their
name, sockets and other temporary files lie in a folder of the run's own.
"""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from doctor.process import NOWHERE, ProcessResult, scratch
from doctor.target import Target

Event = dict[str, Any]
_SHM = Path("/dev/shm")
_GRACE_S = 5.0  # for the target to end by itself and tidy up, beyond what it was given


def ask(
    target: Target, script: str, wanted: dict[str, Any], limit_s: float, on_event: Callable[[Event], None] | None = None
) -> tuple[list[Event], ProcessResult]:
    """Run `inside/<script>.py` with `wanted`, a token and `limit_s` seconds; clean up whatever happens.

    A script of the user's runs in his working folder.
    """
    token = f"doctor{secrets.token_hex(4)}"
    pids: set[int] = set()

    def take(event: Event) -> None:
        if "pid" in event:
            pids.add(event["pid"])
        elif on_event:
            on_event(event)

    try:
        with scratch.folder() as folder:
            env = {**target.env, **scratch.variables(folder)}
            asked = Target(target.executable, env=env, deadline_s=target.deadline_s)
            cwd = target.cwd if wanted.get("script") else NOWHERE
            text = json.dumps({**wanted, "token": token, "limit_s": limit_s, "folder": folder})
            answers, ended = asked.ask(script, text, timeout_s=limit_s + _GRACE_S, on_event=take, cwd=cwd)
    finally:
        sweep(pids, token)
    return [a for a in answers if "pid" not in a], ended


def sweep(pids: set[int], token: str, folder: Path = _SHM) -> None:
    """Remove torch's shared memory of these processes and the semaphores that carry the token."""
    ours = (*(f"torch_{pid}_" for pid in pids), f"sem.{token}-")
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            if file.name.startswith(ours):
                file.unlink(missing_ok=True)

"""A small process beside us that outlives `kill -9`: when we are gone it ends everything we started.

It waits at a pipe that the system closes when we end, however we end, and then kills every process that has our mark
in its environment. Linux tells other processes' environments; elsewhere what a killed run started ends by itself.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import secrets
import subprocess
import sys
import threading

VARIABLE = "DOCTOR_RUN"
MARK = secrets.token_hex(8)  # with what it begins in the environment of whatever we start

# Some tidy up themselves when we are gone, and are given a moment; what is killed may have been starting another
_PROGRAM = f"""
import os, sys, time
mark = b"{VARIABLE}=" + sys.argv[1].encode()
def ours():
    for name in os.listdir("/proc"):
        try:
            if name.isdigit():
                with open("/proc/%s/environ" % name, "rb") as file:
                    if any(line.startswith(mark) for line in file.read().split(b"\\0")):
                        yield int(name)
        except OSError:
            pass
if not os.read(0, 1):
    for turn in range(200):
        left = list(ours())
        for pid in left:
            try:
                os.kill(pid, 15 if turn < 100 else 9)
            except OSError:
                pass
        if not left:
            break
        time.sleep(0.03)
os._exit(0)
"""
_DISMISS_S = 1.0
_lock = threading.Lock()
_begun = threading.Event()


def watch() -> None:
    """From the first program that we start on."""
    with _lock:
        if sys.platform != "linux" or _begun.is_set():
            return
        _begun.set()
        reading, writing = os.pipe()
        try:
            argv = [sys.executable, "-I", "-S", "-c", _PROGRAM, MARK]
            unmarked = {name: value for name, value in os.environ.items() if name != VARIABLE}
            guard = subprocess.Popen(
                argv, stdin=reading, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=unmarked, cwd="/",
                start_new_session=True,
            )  # fmt: skip
        except OSError:
            os.close(writing)
            return
        finally:
            os.close(reading)
        atexit.register(_dismiss, guard, writing)


def _dismiss(guard: subprocess.Popen[bytes], writing: int) -> None:
    """It ends before us, so that it is nobody's to wait for."""
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        os.write(writing, b".")
        guard.wait(_DISMISS_S)

"""A worker of Ray died, and Ray does not know why.

## Why it matters
Ray starts processes for tasks and actors and notices when one of them ends. It does not see what ended it: most often
the memory of the machine ran out, sometimes native code crashed, and what the worker said last is in a log of its own.

## What to do
Read the log of the worker that died (the message names its id) in Ray's folder of logs, and the kernel's messages of
that minute.

## References
- https://docs.ray.io/en/latest/ray-core/fault_tolerance/actors.html
- https://docs.ray.io/en/latest/ray-observability/user-guides/configure-logging.html
"""

from __future__ import annotations

from doctor.facts import Host
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Look

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"\b(?:Ray)?ActorDiedError: The actor died unexpectedly|\bRayActorError: The actor died unexpectedly",
    r"A worker died or was killed(?: while executing a task)?(?: by an unexpected system error)?",
    r"WorkerCrashedError: The worker died unexpectedly",
    r"The actor is dead because its worker process has died\. Worker exit type: SYSTEM_ERROR",
)
# a line that says why
UNLESS = (r"(?i)\bout of memory\b|OutOfMemoryError|\bNCCL (?:error|WARN)|CUDA error: |Fatal Python error",)
CANDIDATES = {
    "process-killed-out-of-memory": "`dmesg` tells of an oom-kill at that time, or the memory was full just before",
    "native-crash": "the worker's log ends with a stack of native code (SIGSEGV, SIGABRT)",
    "dataloader-shm-too-small": "`df /dev/shm` shows it full, and the worker ended with a bus error",
}
LOGS = "Read the log of that worker in {folder}, on the machine that the message names"


def remedies(host: Host | None) -> tuple[Action, ...]:
    windows = host is not None and host.os == "windows"
    logs = Advice(title=LOGS.format(folder="Ray's folder of logs" if windows else "/tmp/ray/session_latest/logs"))
    return logs, Look(title="Show whether the kernel killed a process", commands=(("dmesg",),), root=True)

"""No more threads or processes can be started.

## Why it matters
The system, a container or a cluster limits the threads of a user. NumPy, OpenMP and every DataLoader worker start as
many threads as there are processors, so that a large machine reaches the limit with a few programs.

## What to do
Let each library start fewer threads and use fewer workers, or raise the limit.

## References
- https://docs.pytorch.org/docs/stable/notes/multiprocessing.html#avoid-cpu-oversubscription
- https://man7.org/linux/man-pages/man2/getrlimit.2.html
"""

from __future__ import annotations

from doctor.facts import Host
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Rerun

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"RuntimeError: can't start new thread",
    r"blas_thread_init: (?:pthread_create|RLIMIT_NPROC)",
    r"(?:Thread creation failed: |fork: (?:retry: )?|what\(\): {1,3}|pthread_create failed.{0,40}: )"
    r"(?:Resource temporarily unavailable|Die Ressource ist zur Zeit nicht verfügbar|资源暂时不可用)",
    r"OMP: Error #34: System unable to allocate necessary resources for OMP thread",
    r"BlockingIOError: \[Errno 11\] .{0,40}\bunavailable",
)
EXPLAINS = ("libiomp-other",)
FEWER = "Let each library start few threads"
WORKERS = "Use fewer DataLoader workers"
LIMIT = (
    "Use fewer DataLoader workers, and raise the limit where it is low: see it with `ulimit -u`, and in a container"
    " with `cat /sys/fs/cgroup/pids.max`"
)


def remedies(host: Host | None) -> tuple[Action, ...]:
    few = (("OMP_NUM_THREADS", "4"), ("OPENBLAS_NUM_THREADS", "4"), ("MKL_NUM_THREADS", "4"))
    windows = host is not None and host.os == "windows"
    return Rerun(set=few, title=FEWER), Advice(title=WORKERS if windows else LIMIT)

"""What workers need: shared memory, memory, processors. Figures from measurements, Linux, torch 2.13, 2026-11."""

from __future__ import annotations

from doctor.facts import Cpu, Host, Storage
from doctor.remedy.actions import Action, Advice, SharedMemory

PREFETCH = 2  # torch's default prefetch_factor
SHM_MARGIN_BYTES = 10 * 10**6  # measured over the formula: 46, 83 and 156 MB for 37, 74 and 147
IMAGE_BATCH_BYTES = 64 * 3 * 224 * 224 * 4  # 64 float images, as ImageNet training uses them
WORKER_BYTES = 400 * 10**6  # an imported torch and a small dataset
MOST_WORKERS = 8
LEAST_ROOM_GIGABYTES = 2
NEED_LESS = "Use fewer workers, a smaller prefetch_factor or smaller batches"


def shm_need_bytes(workers: int, batch_bytes: int, prefetch: int = PREFETCH) -> int:
    """Bytes of `/dev/shm` that batches on their way take: (workers x prefetch + 1) batches and a margin."""
    return (workers * prefetch + 1) * batch_bytes + SHM_MARGIN_BYTES if workers else 0


def shm_free_bytes(storage: Storage | None) -> int | None:
    """Free bytes of `/dev/shm`, or its size where only that is known."""
    if storage is None:
        return None
    return storage.shm_bytes if storage.shm_free_bytes is None else storage.shm_free_bytes


def room_for(need_bytes: int, host: Host | None) -> tuple[Action, ...]:
    """What makes batches of so many bytes fit; where a larger `/dev/shm` takes root, what takes none comes first."""
    grow = SharedMemory(gigabytes=max(LEAST_ROOM_GIGABYTES, need_bytes // 2**30 + 1))
    less = Advice(title=NEED_LESS)
    return (less, grow) if host and host.container == "" else (grow, less)


def job_cpus(cpu: Cpu | None) -> int | None:
    """Processors that this job may use, at least 1: the smallest of affinity and quota; None when not known."""
    known = [n for n in (cpu.affinity, cpu.quota_cores, cpu.logical) if n] if cpu else []
    return max(1, int(min(known))) if known else None


def suggested_workers(cpu: Cpu | None) -> int:
    """Workers that the processors of this job allow, at most 8."""
    return min(MOST_WORKERS, job_cpus(cpu) or 2)

"""What workers need: shared memory, memory, processors. Figures from measurements, Linux, torch 2.13, 2026-11."""

from __future__ import annotations

from doctor.facts import Cpu

PREFETCH = 2  # torch's default prefetch_factor
SHM_MARGIN_BYTES = 10 * 10**6  # measured over the formula: 46, 83 and 156 MB for 37, 74 and 147
IMAGE_BATCH_BYTES = 64 * 3 * 224 * 224 * 4  # 64 float images, as ImageNet training uses them
WORKER_BYTES = 400 * 10**6  # an imported torch and a small dataset
MOST_WORKERS = 8


def shm_need_bytes(workers: int, batch_bytes: int, prefetch: int = PREFETCH) -> int:
    """Bytes of `/dev/shm` that batches on their way take: (workers x prefetch + 1) batches and a margin."""
    return (workers * prefetch + 1) * batch_bytes + SHM_MARGIN_BYTES if workers else 0


def suggested_workers(cpu: Cpu | None) -> int:
    """Workers that the processors of this job allow, at least 1: the smallest of affinity and quota, at most 8."""
    known = [n for n in (cpu.affinity, cpu.quota_cores, cpu.logical) if n] if cpu else []
    return max(1, min(MOST_WORKERS, int(min(known)))) if known else 2

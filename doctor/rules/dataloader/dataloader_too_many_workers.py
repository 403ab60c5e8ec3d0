"""There are more DataLoader workers than processors.

## Why it matters
Workers beyond the processors that this job may use compete with each other, use memory and start slowly. torch warns
based on the processors that the process may run on, but does not see the CPU quota of a container: with a quota of 4 on
a machine with 12 processors, `os.cpu_count()` is 12 and there is no warning. If workers mostly wait for disks or
networks, more of them may still pay off.

## What to do
Use the smaller of affinity and quota, divided by the ranks on the machine, less one for the main process; measure with
`torch-doctor dataloader --tune`. Instead of `os.cpu_count()` use `len(os.sched_getaffinity(0))`, or
`os.process_cpu_count()` from Python 3.13 on.

## References
- https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.DataLoader
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.facts import Cpu
from doctor.model import Severity
from doctor.rules.api import Answer, cannot_tell, seen, there
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.loader import Loader
    from doctor.source.view import ModuleView

SEVERITY = Severity.WARNING
MESSAGE = "{workers}: more than {limit}"
COUNTED = "num_workers={count} counts all processors, even those denied to this job (quota, affinity)"
QUOTA = (
    "A CPU quota of {quota} applies here, of {cpus} processors: torch's own suggestion and os.cpu_count() do not"
    " see it; use at most {suggested} workers"
)
SIGNATURES = (r"Our suggested max number of worker in current system is", r"This DataLoader will create \d+ worker")
MANY = 16
_SEES_AFFINITY = ("os.process_cpu_count()", "os.sched_getaffinity()", "torch.get_num_threads()")


def check(cpu: Cpu) -> Answer:
    cpus = cpu.affinity or cpu.logical
    if cpu.quota_cores is None or cpus is None or cpu.quota_cores >= cpus:
        return cannot_tell("error.text")  # how many workers the program asks for
    suggested = max(1, int(cpu.quota_cores))
    return there(
        seen("cpu.quota_cores", cpu.quota_cores, f"at most {suggested} workers"),
        severity=Severity.INFO,
        message=QUOTA,
        quota=f"{cpu.quota_cores:.1f}",
        cpus=cpus,
        suggested=suggested,
    )


def lint(module: ModuleView) -> Iterator[Spot]:
    reported = set()
    for loader in module.loaders:
        spot = _judged(module, loader)
        key = (loader.workers.text, loader.workers.most)
        if spot is not None and key not in reported:
            reported.add(key)
            yield spot


def _judged(module: ModuleView, loader: Loader) -> Spot | None:
    workers = loader.workers
    if workers.value.cpus and not workers.most and workers.value.origin not in _SEES_AFFINITY:
        return Spot(loader.node, {"count": workers.text or workers.value.origin}, message=COUNTED)
    if module.cpus is not None and workers.most > module.cpus:
        return Spot(loader.node, {"workers": workers.described, "limit": f"the {module.cpus} processors here"})
    if module.cpus is None and workers.most >= MANY:
        return Spot(loader.node, {"workers": workers.described, "limit": "most machines have processors for"})
    return None

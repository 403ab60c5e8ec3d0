"""The process was killed from outside (SIGKILL), most often because the machine's memory ran out.

## Why it matters
A process that ends with signal 9 (exit code -9 or 137) cannot say anything itself. Nearly always it was the kernel: the
memory of the machine, of the container or of the job was used up. It is the main memory, not the GPU's: each rank loads
the checkpoint for itself, each DataLoader worker holds a copy of the dataset.

## What to do
See whether the kernel did it. Then load less at a time: fewer ranks and workers on a machine, checkpoints shard by
shard (`mmap=True`, safetensors), or give the container or job more memory. WSL has half of the machine's unless
.wslconfig says otherwise. If the kernel knows nothing of it, ask the scheduler: a time limit, an eviction and a
preemption end in the same signal.

## References
- https://docs.kernel.org/admin-guide/cgroup-v2.html#memory
- https://docs.pytorch.org/docs/stable/data.html#multi-process-data-loading
"""

from __future__ import annotations

from doctor.facts import Host
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Look

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"Out of memory: Kill(?:ed)? process|Memory cgroup out of memory|oom-kill:|oom_reaper: reaped process",
    r"(?i)\boom[-_ ]?kill(?:ed)?\b(?: event|\W|$)|\bOOMKilled\b|TERM_MEMLIMIT",
    r"error: .{0,60}: task \d{1,6}: Out Of Memory",
    r"(?i)exceeded (?:job|step) memory limit|Workers .{0,40}killed due to memory pressure \(OOM\)",
    r"(?:ray\.exceptions\.)?OutOfMemoryError: Task was killed due to the node running low on memory",
    r"Your session crashed after using all available RAM",
    r"Signal 9 \(SIGKILL\) received by PID|(?:with|from|by) signal (?:9\b|SIGKILL)|died with <Signals\.SIGKILL: 9>",
    r"exitcode {0,2}: -9\b|return code ?[=:] ?-9\b|non-zero exit status (?:-9|137)\b|SIGKILL\(-9\)",
    r"(?i)\bexit(?:ed)?(?: with)?(?: code| status)?[ :=(]{1,3}(?:137|-9)\b|interrupted by signal 9\b",
    r"^\s*(?:\S{1,200}: line \d{1,6}:\s+\d{1,9} )?Killed(?:\s{3,}\S.{0,300})?\s*$",
    r"^(?:zsh: |\[\d{1,3}\][\s+-]{1,8}\d{1,9} )killed\s{2,}|\bKilled: 9\b",
    # behind the progress bar that stood there
    r"(?:\bETA:? {0,4}[\d:.hms ]{1,12}|(?<![a-z])(?:it|s|task|step|batch|sample|img)/(?:s|it)\b[^A-Za-z]{0,60})"
    r"\]?\s{0,4}Killed\s*$",
    r"Your notebook tried to allocate more memory than is available",
)
# an installer or a compiler that is killed is another matter
UNLESS = (
    r"Got fatal signal from worker processes, shutting down",  # vLLM ends itself
    r"^\s*Collecting [\w.\[\]=<>!~-]{1,80}(?: \(from .{1,200})?$|^\s*Installing collected packages: ",
    r"\b(?:cc1plus|cicc|nvcc|ptxas)\b.{0,60}[Kk]illed|Killed signal terminated program",
)
EXPLAINS = ("collective-timeout", "rendezvous-failed", "dataloader-worker-exited", "ray-worker-died")
CANDIDATES = {
    "process-killed-out-of-memory": "the kernel log names the process (`dmesg`: Out of memory, oom-kill), or oom_kill"
    " is counted in the memory.events of its cgroup",
    "dataloader-worker-oom-killed": "the process that the kernel names is a DataLoader worker, and with num_workers=0"
    " it does not happen",
    "dataloader-container-growth": "memory grows from epoch to epoch with the number of workers, until it is used up",
    "dataloader-large-dataset-pickled": "memory jumps while the workers start, by the size of the dataset for each",
}


WSL = "Give WSL more memory: memory= under [wsl2] in .wslconfig on the Windows side, then restart WSL"


def remedies(host: Host | None) -> tuple[Action, ...]:
    return (
        Look(title="See whether the kernel did it, and to which process", commands=(("dmesg",),), root=True),
        Advice(title="Start fewer ranks and workers on a machine, or give the container or the job more memory"),
        *((Advice(title=WSL),) if host and host.wsl else ()),
    )

"""Slurm refuses what the job asks for: no machine offers it, or the rules of the cluster do not allow it.

## Why it matters
Partition, kind and number of GPUs, CPUs, memory, time, account and QOS must fit the cluster, and each names them
differently: `--gres=gpu:a100:1` here, `--gpus=1` there. Inside a job, a step cannot have more than the job got.

## What to do
Compare the request with what the partitions offer, and with the documentation of that cluster. The program did not
start yet.

## References
- https://slurm.schedmd.com/gres.html
- https://slurm.schedmd.com/sinfo.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
_REASON = (
    r"Requested node configuration is not available|Invalid generic resource|Invalid (?:feature|qos) specification"
    r"|Invalid partition name|Invalid account|More processors requested than permitted|Requested time limit is invalid"
    r"|Job violates accounting/QOS policy|Memory specification can not be satisfied|Invalid Trackable RESource"
    r"|Node count specification invalid|User's group not permitted to use this partition"
)
SIGNATURES = (
    rf"(?:Batch job submission failed|Unable to (?:allocate resources|create step for job \S{{1,20}})): (?:{_REASON})",
    r"\bInvalid generic resource \(gres\) specification",
    r"\bs(?:batch|run|alloc): error: .{0,60}(?:[Ss]pecify a (?:gpu )?type|GPU specification|gpu count given)",
)
OFFERED = "Show what the partitions offer, and ask for that: sinfo -o '%P %G %c %m %l'"
STEP = "If srun inside a job says it: ask for at most what the job got, or start it from outside that job"


def remedies() -> tuple[Action, ...]:
    return Advice(title=OFFERED), Advice(title=STEP)

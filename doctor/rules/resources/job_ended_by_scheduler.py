"""The scheduler of the cluster (Slurm, PBS, LSF) ended the job: its time was over, or its place was given to another.

## Why it matters
A job has the time that it asked for, or that its partition gives by default, and is ended when that is over. In
partitions that can be preempted, a job of higher priority ends it earlier. What the ranks say then (closed connections,
SIGTERM) only follows.

## What to do
Ask for more time, or let the program write checkpoints and continue from the last one when the job starts again.

## References
- https://slurm.schedmd.com/sbatch.html
- https://slurm.schedmd.com/preempt.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"\bCANCELLED AT \S{1,40} DUE TO (?:TIME LIMIT|PREEMPTION|NODE FAILURE|JOB REQUEUE)\b",
    r"\bPBS: job killed: (?:walltime|cput) \d{1,10} exceeded limit \d",
    r"\bTERM_(?:RUNLIMIT|PREEMPT): job killed\b",  # LSF
)
LIMIT = "If its time was over: ask for more (Slurm: --time), as far as the partition allows it (sinfo shows its limit)"
CHECKPOINTS = "Let it write checkpoints, and continue from the last one: Slurm tells it before the end with --signal"


def remedies() -> tuple[Action, ...]:
    return Advice(title=LIMIT), Advice(title=CHECKPOINTS)

"""The tasks that Slurm starts do not fit what the program (PyTorch Lightning) is told to use.

## Why it matters
Inside a Slurm job, Lightning leaves it to Slurm to start the ranks: one task a GPU. With another number of tasks it
stops, and in an interactive shell, where no task was started, the variables that it reads are not there.

## What to do
In a batch script ask for as many tasks a node as GPUs, and start the program with srun. In an interactive shell let the
name of the job be `bash` or `interactive`: Lightning starts the ranks by itself then.

## References
- https://lightning.ai/docs/pytorch/stable/clouds/cluster_advanced.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Rerun

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"^KeyError: ?['\"]SLURM_(?:NODEID|PROCID|LOCALID|NTASKS|NNODES)['\"]",
    r"You set `--ntasks=\d{1,5}` in your SLURM bash script",
    r"the number of (?:tasks per node|nodes) configured in SLURM .{1,60} does not match",
)
TASKS = (
    "In the batch script: --ntasks-per-node as many as GPUs a node, --nodes as in the program, and start it with srun"
)
ALONE = "In an interactive shell on one machine, let Lightning start the ranks"


def remedies() -> tuple[Action, ...]:
    return Advice(title=TASKS), Rerun(set=(("SLURM_JOB_NAME", "bash"),), title=ALONE)

"""A step of a Slurm job does not find the program: its environment is not active there.

## Why it matters
srun starts a program on other machines without a login shell. What `conda activate` or `module load` set in the shell
of the user is there only if the batch script sets it, and an environment on a local disk is not on the other machines.

## What to do
Activate the environment in the batch script before srun, or give the program with its full path, on a file system that
all machines share.

## References
- https://slurm.schedmd.com/srun.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
SIGNATURES = (r"slurmstepd: error: execve\(\): \S{1,200}: No such file or directory",)
ACTIVATE = "Activate the environment in the batch script, before srun, or give the program with its full path"
SHARED = "See that the other machines have that path too: srun --ntasks-per-node=1 ls -l, and the path"


def remedies() -> tuple[Action, ...]:
    return Advice(title=ACTIVATE), Advice(title=SHARED)

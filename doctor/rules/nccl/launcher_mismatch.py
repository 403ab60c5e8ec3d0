"""The program was started without the launcher that it expects, or by one that names the rank differently.

## Why it matters
A program for several GPUs learns from its launcher which of the processes it is. torchrun sets the variables RANK,
LOCAL_RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT; started as plain `python`, none of them is there. The older
torch.distributed.launch gives an argument: `--local_rank` before torch 2.0, and `--local-rank` since.

## What to do
Start the program with torchrun, and let it read LOCAL_RANK from the environment.

## References
- https://docs.pytorch.org/docs/stable/elastic/run.html
"""

from __future__ import annotations

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Rerun

SEVERITY = Severity.ERROR
_ARGUMENT = r"error: unrecognized arguments: (?:\S{1,60} ){0,6}--local[-_]rank\b"
SIGNATURES = (
    _ARGUMENT,
    r"^(?:\[?rank\d{1,4}\]?: ?)?KeyError: ?['\"](?:LOCAL_RANK|RANK|WORLD_SIZE|MASTER_ADDR|MASTER_PORT)['\"]",
)
READ = (
    "In the program, read the rank from the environment (LOCAL_RANK), or let the argument have both spellings:"
    " --local-rank and --local_rank"
)
START = "Start the program with torchrun, one process a GPU"


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    start = Rerun(title=START, program=("torchrun", "--standalone", "--nproc-per-node", "gpu", "PROGRAM.py"))
    argument = error is not None and "unrecognized arguments" in error.text
    return (Advice(title=READ), start) if argument else (start, Advice(title=READ))

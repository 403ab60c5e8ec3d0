"""torchrun ended the program since its terminal went away (the signal SIGHUP).

## Why it matters
When an SSH connection or a terminal closes, the programs in it get the signal SIGHUP. `nohup` is not enough for
torchrun and accelerate: they set a handler of their own for that signal, and it ends all ranks.

## What to do
Start long runs inside tmux or screen, or as a batch job. Then continue from the last checkpoint.

## References
- https://discuss.pytorch.org/t/ddp-error-torch-distributed-elastic-agent-server-api-received-1-death-signal-shutting-down-workers/135720
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"\bSignalException: Process \d{1,10} got signal: 1(?!\d)",
    r"\bReceived (?:1|(?:Signals\.)?SIGHUP) death signal, shutting down workers",
    r"\bSending process \d{1,10} closing signal (?:Signals\.)?SIGHUP\b",
    r"\bClosing process \d{1,10} via signal (?:Signals\.)?SIGHUP\b",
)
ELSEWHERE = "Start it inside tmux or screen, or as a batch job: nohup does not keep this signal from torchrun"


def remedies() -> tuple[Action, ...]:
    return (Advice(title=ELSEWHERE),)

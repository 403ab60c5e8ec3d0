"""The conda channel `pytorch` is set up; it ends with torch 2.5.

## Why it matters
PyTorch stopped publishing to Anaconda after 2.5.1. With that channel first, conda never offers a newer torch.

## What to do
Take `pytorch` from conda-forge, or install torch with pip.

## References
- https://github.com/pytorch/pytorch/issues/138506
"""

from __future__ import annotations

from doctor.facts import Conda
from doctor.model import Remedy, Severity
from doctor.rules.api import Hit, hit, seen

SEVERITY = Severity.INFO
MESSAGE = "conda uses the channel `{channel}`, which ends with torch 2.5.1"
SIGNATURES = ()


def check(conda: Conda) -> Hit | None:
    channel = next(
        (c for c in conda.channels if c.rstrip("/").rpartition("/")[2] in ("pytorch", "pytorch-nightly")), None
    )
    if channel is None:
        return None
    return hit(seen("conda.channels", channel, "conda-forge"), channel=channel)


def remedies() -> tuple[Remedy, ...]:
    command = ("conda", "config", "--remove", "channels", "pytorch")
    return (Remedy("Remove the channel", (command,), writes=("~/.condarc",)),)

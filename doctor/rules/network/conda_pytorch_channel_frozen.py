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
from doctor.model import Remedy, Risk, Severity
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.INFO
MESSAGE = "conda uses the channel `{channel}`, which ends with torch 2.5.1"
SIGNATURES = ()


def check(conda: Conda) -> Answer | None:
    channel = _channel(conda)
    return there(seen("conda.channels", channel, "conda-forge"), channel=channel) if channel else None


def remedies(conda: Conda) -> tuple[Remedy, ...]:
    command = ("conda", "config", "--remove", "channels", _channel(conda))
    return (Remedy("Remove the channel", (command,), Risk.MANUAL, ("~/.condarc",)),)


def _channel(conda: Conda) -> str:
    """The channel, by its name or by the address of a mirror of it; "" when it is not set up."""
    names = ("pytorch", "pytorch-nightly")
    return next((c for c in conda.channels if c.rstrip("/").rpartition("/")[2] in names), "")

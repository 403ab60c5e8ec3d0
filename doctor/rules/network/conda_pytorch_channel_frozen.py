"""The conda channel `pytorch` is configured, but it ends with torch 2.5.

## Why it matters
PyTorch stopped publishing to Anaconda after 2.5.1. With that channel first, conda never offers a newer torch.

## What to do
Install `pytorch` from conda-forge, or install torch with pip.

## References
- https://github.com/pytorch/pytorch/issues/138506
"""

from __future__ import annotations

from doctor.facts import Conda
from doctor.model import Severity
from doctor.remedy import actions
from doctor.remedy.actions import Action
from doctor.rules.api import Answer, not_there, seen, there

SEVERITY = Severity.INFO
MESSAGE = "conda uses the channel `{channel}`, which ends with torch 2.5.1"
SIGNATURES = ()


def check(conda: Conda) -> Answer:
    channel = _channel(conda)
    if not channel:
        return not_there("conda.channels", ", ".join(conda.channels) or "none is set up")
    return there(seen("conda.channels", channel, "conda-forge"), channel=channel)


def remedies(conda: Conda) -> tuple[Action, ...]:
    words = ("config", "--remove", "channels", _channel(conda))
    return (actions.CondaCommand(words, ("~/.condarc",), title="Remove the channel"),)


def _channel(conda: Conda) -> str:
    """The channel, by its name or by the address of a mirror of it; "" when it is not set up."""
    names = ("pytorch", "pytorch-nightly")
    return next((c for c in conda.channels if c.rstrip("/").rpartition("/")[2] in names), "")

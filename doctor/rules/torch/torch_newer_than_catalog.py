"""The installed torch is newer than the releases this program knows.

## Why it matters
Which GPUs, drivers, Pythons and companions go with a release is looked up in a catalog that comes with the program.
What it does not know yet is left open, not guessed.

## What to do
Let the program look for newer releases, or take a newer version of the program.

## References
- https://pytorch.org/get-started/previous-versions/
"""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import Version, published
from doctor.facts import Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Doctor
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.INFO
MESSAGE = "torch {torch} is newer than the catalog, which knows torch {newest} and older (as of {day})"
LOOK = "Look for newer releases on the index that pip uses"


def check(torch: Torch) -> Answer:
    have, newest = published(torch.version), catalog.all_releases()[0].torch
    if not have:
        return cannot_tell("torch.version")
    if have <= Version.of(newest):
        return not_there("torch.version", torch.version, f"torch {newest} or older")
    found = seen("torch.version", torch.version, f"torch {newest} or older")
    return there(found, torch=torch.version, newest=newest, day=catalog.releases().as_of)


def remedies() -> tuple[Action, ...]:
    return (Doctor(title=LOOK, words=("match", "--refresh")),)

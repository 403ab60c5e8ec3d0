"""A model's folder is not where the program looks for it, or is not complete.

## Why it matters
Where a path to a local model leads nowhere, transformers and diffusers take it for the name of a model on the hub, and
complain of its form ("Repo id must be in the form ..."). Nothing is wrong with PyTorch or the network.

## What to do
Look for the folder by its full path. Relative paths count from where the program is started.

## References
- https://huggingface.co/docs/huggingface_hub/package_reference/utilities
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.INFO
_PATH = r"(?:[A-Za-z]:[\\/]|\.{1,2}[\\/]|/)"
SIGNATURES = (
    r"Repo id must (?:be in the form|use alphanumeric chars)",
    r"Incorrect path_or_model_id: |(?:Error: Error |(?<![a-z0-9]: Error )\b)no file named .{3,200}"
    r" found in directory",  # where another file is then looked for, a path stands before it
    rf"Can't load .{{1,60}} (?:for|of) '{_PATH}[^'\n]{{1,300}}'\. If you were trying to load it from",
    rf"OSError: {_PATH}.{{1,300}} does not appear to have a file named",
)
FULL = (
    "Look whether the folder is there, whole, and give its full path; a relative one counts from where the program is"
    " started"
)


def remedies() -> tuple[Action, ...]:
    return (Advice(title=FULL),)

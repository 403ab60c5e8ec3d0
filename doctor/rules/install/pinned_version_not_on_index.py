"""The requested version is not on the index.

## Why it matters
A requirements file pins a torch version for which the index has no wheel for this Python and system; pip lists the ones
it has. Old versions have no wheels for new Pythons, and nightlies are removed after some weeks.

## What to do
Request one of the listed versions, or use a Python for which the pinned one exists.

## References
- https://pytorch.org/get-started/previous-versions/
"""

from __future__ import annotations

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action
from doctor.rules.install import _asked, wrong_index_or_platform

SEVERITY = Severity.ERROR
UNLESS = (
    wrong_index_or_platform.PLACEHOLDERS,
    r"requirement \"?torch\S{0,60} \(from versions: none\)",  # not this version is missing, but every one
)
SIGNATURES = (
    wrong_index_or_platform.SAME_TAG,
    r"satisfies the requirement torch==1\.\S{1,12}\+\w{3,6} \(from versions: 2\.",  # of a Python that came later
    r"satisfies the requirement \"?torch(?:vision|audio)?[=<>~!]=?[^\s+]{1,60} .{0,40}\(from versions: \d",
    r"satisfies the requirement \"?(?:nvidia-|triton|xformers|pytorch-triton)\S{1,60} \(from versions: \d",
    r"there is no version of torch(?:vision|audio)?(?:\{[^}]{1,80}\})?==(?!\S{0,40}\+(?:cu|cpu|rocm|xpu))\S+",
    r"only torch(?:vision|audio)?(?:[<>=!]=?\S+)? (?:is|are) available",
    r"Cannot install .{0,200}torch\S{0,40}.{0,200}because these package versions have conflicting dependencies",
    r"The user requested torch(?:vision|audio)?(?:[=<>~!]=?\S{1,20})? .{0,160} depends on torch[=<>~!]=",
    r"No matching distribution found for (?:torch(?:vision|audio)?|triton|pytorch-triton)==\d[\w.]*\s*$",
    r"\.dev20\d{6}\S*(?! .{0,80}\b(?:cuda|gpu) (?:is )?not available)"
    r" .{0,80}(?:was not found|from versions|not available)",
    r"torch(?:vision|audio)? \([^\s+)]{1,40}\) which doesn't match any versions",
    r"Searching for a compatible version of (?P<name>torch\w*) \([<>=].{1,160}No compatible version found for: "
    r"(?P=name)\b",
    r"Because no versions of torch(?:vision|audio)? match ",
)


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    return _asked.fitting(error)

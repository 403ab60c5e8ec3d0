"""A downloaded package does not have the expected hash.

## Why it matters
pip compares what it downloaded with the hash in the index or the requirements file. A truncated download, a proxy that
alters files, or an outdated mirror leads to a different hash.

## What to do
Empty pip's cache and download it again; use the official index if a mirror keeps failing.

## References
- https://pip.pypa.io/en/stable/topics/secure-installs/
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, EmptyCache

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"THESE PACKAGES DO NOT MATCH THE HASHES|^RuntimeError: Hash for .{1,200} not found in known hashes",
    r"Hash mismatch for `?\S+|ChecksumMismatchError",
    r"Expected sha256 [0-9a-f]{64}",
    r"\bWheel '[\w.-]{1,60}' located at \S{1,300} is invalid",
)


def remedies() -> tuple[Action, ...]:
    again = "Download it again; if this keeps failing, use another package source or another network"
    return EmptyCache(), Advice(title=again, step=True)

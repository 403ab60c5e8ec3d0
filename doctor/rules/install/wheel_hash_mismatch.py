"""A downloaded package does not have the expected hash.

## Why it matters
pip compares what it downloaded with the hash in the index or the requirements file. A cut download, a proxy that
alters files, or a mirror out of step gives another one.

## What to do
Empty pip's cache and download again; from the official index when a mirror keeps failing.

## References
- https://pip.pypa.io/en/stable/topics/secure-installs/
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, EmptyCache

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE",
    r"Hash mismatch for `?\S+|ChecksumMismatchError",
    r"Expected sha256 [0-9a-f]{64}",
    r"IncompleteRead\(\d+ bytes read|incomplete-download",
    r"^zlib\.error: Error -3|BadZipFile: .{0,80}whl",
)


def remedies() -> tuple[Action, ...]:
    again = "Download it again, from another package source or over another network where this keeps failing"
    return EmptyCache(), Advice(title=again, step=True)

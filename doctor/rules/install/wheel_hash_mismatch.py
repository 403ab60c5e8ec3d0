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

from doctor.facts import Python
from doctor.model import Remedy, Risk, Severity
from doctor.rules._pip import executable

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE",
    r"Hash mismatch for `?\S+|ChecksumMismatchError",
    r"Expected sha256 [0-9a-f]{64}",
    r"IncompleteRead\(\d+ bytes read|incomplete-download",
)


def remedies(python: Python | None) -> tuple[Remedy, ...]:
    return (Remedy("Empty pip's cache", ((executable(python), "-m", "pip", "cache", "purge"),), Risk.MANUAL),)

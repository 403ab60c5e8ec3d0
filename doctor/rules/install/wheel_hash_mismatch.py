"""A downloaded package is not the one that was expected: its hash differs, or it cannot be read.

## Why it matters
pip compares what it downloaded with the hash in the index or the requirements file. A truncated download, a proxy that
alters files, or an outdated mirror leads to a different hash, or to a wheel whose metadata is missing. uv also refuses
a wheel that says another version of itself than its name does.

## What to do
Empty the cache and download it again; use the official index if a mirror keeps failing. A wheel that is wrong on the
official index, too, needs another release of it.

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
    r"The wheel is invalid: |\bMetadata field [\w-]{1,40} not found",
    r"\bhas (?:an )?invalid (?:package format|metadata)\b",
    r"The structure of `.{1,80}\) was invalid|hash / size of \S{1,200} didn't match RECORD",
    r"[Mm]etadata version `?\S{1,40}` does not match given version",
)


def remedies() -> tuple[Action, ...]:
    again = "Download it again; if this keeps failing, use another package source or another network"
    return EmptyCache(), Advice(title=again, step=True)

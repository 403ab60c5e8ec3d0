"""The file system cannot map files into memory, which weights and data sets are read by.

## Why it matters
safetensors and Arrow do not read a file: they map it into memory. Some network and cloud folders (mounted buckets,
shared folders of virtual machines, 9p, some FUSE mounts) cannot do that, and answer "No such device". The file is
whole, and no GPU is meant.

## What to do
Copy the model or the data to a disk of the machine itself, and give the program that path.

## References
- https://man7.org/linux/man-pages/man2/mmap.2.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Look

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"\bOSError: No such device \(os error 19\)",
    r"Memory mapping file failed: No such device",
    r"safe_open\(.{0,200}(?:OSError: )?No such device",
)
COPY = "Copy the files to a disk of this machine, and give the program that path"


def remedies() -> tuple[Action, ...]:
    look = Look(title="Show what is mounted, and as what", commands=(("findmnt", "-o", "TARGET,FSTYPE"),))
    return Advice(title=COPY), look

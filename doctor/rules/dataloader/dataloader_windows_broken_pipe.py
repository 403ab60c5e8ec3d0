"""The pipe to a DataLoader worker broke while the worker was starting (Windows).

## Why it matters
On Windows the parent writes the pickled dataset into a pipe to the new worker. If the worker dies first, the parent
only sees `BrokenPipeError: [Errno 32] Broken pipe`; the real error is further up or in the worker's output. Most often
the script has no main guard, or the worker could not unpickle what it was given.

## What to do
Move the code that runs under `if __name__ == "__main__":`; run once with `num_workers=0` to see the real error.

## References
- https://docs.pytorch.org/docs/stable/notes/windows.html#multiprocessing-error-without-if-clause-protection
- https://github.com/pytorch/pytorch/issues/2341
"""

from __future__ import annotations

from doctor.facts import Host
from doctor.model import Severity
from doctor.rules.api import Answer, cannot_tell, not_there

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"BrokenPipeError: \[Errno 32\] Broken pipe",
    r"^BrokenPipeError {3,80}Traceback \(most recent call last\)",  # a notebook's header
    r"BrokenPipeError: \[WinError (?!109\b)\d+\]",  # 109: the other end had gone when something was to be read
    r"reduction\.pickle\.load\(from_parent\)",
)
EXPLAINS = ("dataset-corrupted",)


def check(host: Host) -> Answer:
    if host.os == "linux":
        return not_there("host.os", host.os, "windows")
    return cannot_tell("error.text")

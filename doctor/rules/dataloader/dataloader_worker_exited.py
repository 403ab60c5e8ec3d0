"""A DataLoader worker exited, and the message does not say why.

## Why it matters
The main process only notices that the worker is gone. The cause is further up, in the worker's own output: a missing
main guard, a class the worker cannot import, no memory, a crash in native code.

## What to do
Run once with `num_workers=0`: what fails then fails with its own traceback. What only fails with workers is usually a
missing main guard or a class defined in a notebook.

## References
- https://docs.pytorch.org/docs/stable/data.html#multi-process-data-loading
"""

from __future__ import annotations

from doctor.model import Severity

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"DataLoader worker.{0,300} exited unexpectedly",
    r"raise RuntimeError\(.DataLoader worker \(pid\(s\) \{\}\) exited unexpectedly",
    r"Rerunning with num_workers=0 may give better error trace",
    r"DataLoader worker .{0,40}is killed by signal: (?!Killed|Bus|Segmentation|Illegal)\w+",
)
CANDIDATES = {
    "dataloader-spawn-no-main-guard": "on Windows or macOS, and the output has freeze_support or bootstrapping phase",
    "dataloader-worker-oom-killed": "the kernel log names a python process that it killed (`dmesg`)",
    "dataloader-worker-segfault": "with num_workers=0 the program itself crashes, without a traceback",
    "dataloader-shm-too-small": "it runs in a container, and `df /dev/shm` shows 64 MB",
    "dataloader-interactive-windows": "it is a notebook on Windows or macOS that defines the dataset's class itself",
}

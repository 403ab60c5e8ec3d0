"""A DataLoader waited for a worker longer than its timeout.

## Why it matters
A worker did not deliver in time: it is slow, stuck, or its batch could not be sent. With the default `timeout=0` the
main process would wait forever. Joining a stuck worker takes some seconds more than the timeout.

## What to do
Run once with `num_workers=0` to see how long one sample takes. In jobs where a hang is costly keep a `timeout` of 60 to
300 seconds.

## References
- https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.DataLoader
"""

from __future__ import annotations

from doctor.model import Severity

SEVERITY = Severity.ERROR
SIGNATURES = (r"DataLoader timed out after \d", r"[Dd]ata[Ll]oader.{0,60}timed out")

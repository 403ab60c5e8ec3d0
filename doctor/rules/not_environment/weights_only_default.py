"""torch.load rejects the file: since 2.6 it only loads weights.

## Why it matters
Since torch 2.6 `torch.load` unpickles only tensors and a few safe types by default, because a pickle can run any code.
It rejects checkpoints that hold other objects.

## What to do
For a file from a trusted source, pass `weights_only=False`, or allow the named types with
`torch.serialization.add_safe_globals`.

## References
- https://docs.pytorch.org/docs/stable/notes/serialization.html#weights-only
"""

from __future__ import annotations

from doctor.model import Severity

SEVERITY = Severity.ERROR  # it does stop the program; the area says that the environment is not the cause
SIGNATURES = (
    r"Weights only load failed",
    r"WeightsUnpickler error|Unsupported (?:global|class|operand): GLOBAL",
    r"Trying to (?:load unsupported GLOBAL|call reduce for unrecognized function)"
    r"|Detected pickle protocol \d{1,2} in the checkpoint",
    r"changed the default value of the `weights_only` argument",
    r"add_safe_globals|was not an allowed global by default",
    r"Weights only load.{0,60}(?:fail|error)|weights_only.{0,60}UnpicklingError",
)

"""An MPS operation needs a newer macOS.

## Why it matters
Some operations and data types (uint8 arithmetic, int64 sums, bfloat16, float16 convolutions) became available in Metal
with a later macOS than the backend itself.

## What to do
Update macOS, use another data type, or let that operation run on the CPU (PYTORCH_ENABLE_MPS_FALLBACK=1).

## References
- https://docs.pytorch.org/docs/stable/mps_environment_variables.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, UpdateMacos
from doctor.rules.platform import _mac

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"MPS support .{0,80}(?:starting from|since|from) macOS (?P<needed>1\d(?:\.\d)?)",
    r"(?i)MPS(?! backend is supported on macOS).{0,120}(?:only )?(?:supported|available|works?) (?:natively )?"
    r"(?:on|in|from|starting from|since|with) macOS (?P<needed>1\d(?:\.\d)?)(?![\d.]*\+)",
    r"(?i)only supported on MPS for MacOS[_ ]?1\d",
    r"BFloat16 is not supported on MPS",
    r"Output channels > 65536 not supported at the MPS device",  # since macOS 15.1 they are
    r"MPS.{0,160}[Ss]upport (?:has been|was) added in macOS 1\d",
    r"on MPS requires macOS (?P<needed>1\d(?:\.\d)?)",
    r"by MPS on MacOS (?P<needed>1\d(?:\.\d)?)\+, please upgrade"
    r"|\btorch\.\w+ is only supported on MacOS ?(?P<least>1\d)\+",
)


def remedies() -> tuple[Action, ...]:
    return (_mac.FALLBACK, UpdateMacos())

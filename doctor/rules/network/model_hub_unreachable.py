"""A model hub (huggingface.co, modelscope.cn) cannot be reached.

## Why it matters
The program asks the hub for a model or dataset, even if the files are already on this machine. In some networks
huggingface.co is blocked, or a proxy is in the way.

## What to do
Use a mirror of the hub (HF_ENDPOINT), or the files that are already on this machine (HF_HUB_OFFLINE=1).

## References
- https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Rerun

SEVERITY = Severity.ERROR
_HUBS = r"(?:huggingface\.co|hf-mirror\.com|\.hf\.co|modelscope\.cn)"
SIGNATURES = (
    rf"We couldn't connect to '?https?://\S{{0,30}}{_HUBS}",
    rf"host='\S{{0,30}}{_HUBS}'.{{0,600}}(?:Max retries exceeded|timed out)",
    rf"thrown while requesting (?:GET|HEAD) https?://\S{{0,30}}{_HUBS}",
    r"(?:LocalEntryNotFoundError|OfflineModeIsEnabled): ",
    r"An error happened while trying to locate the files? on the Hub|Couldn't reach .{0,120} on the Hub",
    rf"{_HUBS}.{{0,200}}(?:Network is unreachable|Name or service not known|Connection (?:refused|reset|aborted))",
)


def remedies() -> tuple[Action, ...]:
    here = "If the files are already on this machine, run the program again without asking the hub"
    mirror = "If the hub is blocked, run the program again with a mirror"
    return (
        Rerun(set=(("HF_HUB_OFFLINE", "1"),), title=here),
        Rerun(set=(("HF_ENDPOINT", "https://hf-mirror.com"),), title=mirror),
    )

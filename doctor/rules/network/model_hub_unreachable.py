"""A model hub (huggingface.co, modelscope.cn) cannot be reached.

## Why it matters
The program asks the hub for a model or dataset, even if the files are already on this machine. In some networks
huggingface.co is blocked, or a proxy is in the way.

## What to do
Use a mirror of the hub (HF_ENDPOINT), or the files that are already on this machine (HF_HUB_OFFLINE=1). Where the
program was told not to ask the hub and the files are not there, let it ask.

## References
- https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
"""

from __future__ import annotations

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, Rerun

SEVERITY = Severity.ERROR
_HUBS = r"(?:huggingface\.co|hf-mirror\.com|\.hf\.co|modelscope\.cn)"
SIGNATURES = (
    rf"We couldn't connect to '?https?://\S{{0,30}}{_HUBS}",
    rf"host='\S{{0,30}}{_HUBS}'.{{0,600}}(?:Max retries exceeded|timed out)",
    rf"SSLError: HTTPSConnectionPool\(host='\S{{0,30}}{_HUBS}'",
    rf"thrown while requesting (?:GET|HEAD) https?://\S{{0,30}}{_HUBS}",
    r"(?:LocalEntryNotFoundError|OfflineModeIsEnabled): |Data processing error: CAS service error",
    r"An error happened while trying to locate the files? on the Hub|Couldn't reach .{0,120} on the Hub",
    rf"Couldn't reach https?://\S{{0,30}}{_HUBS}|5\d\d Server Error: .{{0,60}} for url: https?://\S{{0,30}}{_HUBS}",
    rf"error sending request for url \(?https?://\S{{0,30}}{_HUBS}",  # programs in Rust
    rf"{_HUBS}.{{0,200}}(?:Network is unreachable|Name or service not known|Connection (?:refused|reset|aborted))",
    r"Can't load .{1,60} (?:for|of) '[\w.-]{2,60}/[\w.-]{2,80}'\. If you were trying to load it from 'https://hugg",
)
CANDIDATES = {
    "model-hub-unreachable": "the hub does not open from that machine, or has no model of that name",
    "user-code-error": "a folder of the model's name lies where the program was started, and lacks what is asked for",
}
ASK = "If the files are not on this machine, let the program ask the hub (or leave out local_files_only)"


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    text = error.text if error else ""
    if "offline mode is enabled" in text or "outgoing traffic has been disabled" in text:
        return (Rerun(unset=("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"), title=ASK),)
    here = "If the files are already on this machine, run the program again without asking the hub"
    mirror = "If the hub is blocked, run the program again with a mirror"
    return (
        Rerun(set=(("HF_HUB_OFFLINE", "1"),), title=here),
        Rerun(set=(("HF_ENDPOINT", "https://hf-mirror.com"),), title=mirror),
    )

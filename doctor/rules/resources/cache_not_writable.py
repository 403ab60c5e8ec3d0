"""The folder for caches cannot be written to by this user.

## Why it matters
torch.hub, Hugging Face, Triton and extensions that are compiled when they are first used keep files in the home folder
of the user. In a container that runs under another user there is often no such folder (`/.cache`), on a cluster it may
be full or read-only, and a folder that root made once belongs to root.

## What to do
Let the variables of the caches name a folder that this user can write to, or give the folder that is there to the user.

## References
- https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
- https://docs.pytorch.org/docs/stable/hub.html#where-are-my-downloaded-models-saved
"""

from __future__ import annotations

from doctor.facts import Host
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
_CACHES = r"(?:/\.(?:cache|triton|torch)|/torch_extensions|/torchinductor_\w{1,40})\b"
SIGNATURES = (
    rf"(?:Permission denied|Read-only file system): '[^'\n]{{0,200}}{_CACHES}",
    r"There was a problem when trying to write in your cache folder",
    r"PermissionError at .{1,300} when downloading .{1,200}Check cache directory permissions",
)
EXPLAINS = ("environment-not-writable", "model-hub-unreachable")
ELSEWHERE = (
    "Let XDG_CACHE_HOME name a folder that this user can write to; for Triton and torch.compile also TRITON_CACHE_DIR"
    " and TORCHINDUCTOR_CACHE_DIR"
)
HOME = "In a container that runs under another user, give it a home folder: HOME is / there otherwise"
OWNER = "If the folder is the user's own and root once wrote to it, give it back to the user (chown)"


def remedies(host: Host | None) -> tuple[Action, ...]:
    owner = () if host and host.os == "windows" else (Advice(title=OWNER),)
    return Advice(title=ELSEWHERE), Advice(title=HOME), *owner

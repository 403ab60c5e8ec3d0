"""DeepSpeed is asked to compile a part of it that cannot be compiled here.

## Why it matters
DeepSpeed compiles its parts when they are first used, or all of them at once when it is installed (`DS_BUILD_OPS=1`,
which its older releases take for granted on Windows). One that cannot be had, such as async_io without Linux' libaio,
stops the whole installation.

## What to do
Install it without parts compiled beforehand. Windows has neither async_io nor GDS; the other parts are compiled when
they are used, which needs Microsoft's compiler and a CUDA toolkit.

## References
- https://www.deepspeed.ai/tutorials/advanced-install/
- https://github.com/deepspeedai/DeepSpeed#windows
- https://github.com/deepspeedai/DeepSpeed/pull/6983
"""

from __future__ import annotations

from doctor.facts import Host
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Install

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"Unable to pre-compile (?!ops\b)\w{2,40}\b",
    r"\bLNK1181\b.{0,80}['\"](?:aio|cufile)\.lib['\"]",
)
EXPLAINS = ("cuda-toolkit-missing", "platform-unsupported-by-project", "windows-path-with-spaces")
LATER = "Install DeepSpeed without parts that are compiled beforehand"
LINUX = "What needs async_io or GDS runs on Linux only: on Windows, use WSL for it"


def remedies(host: Host | None) -> tuple[Action, ...]:
    later = Install(("deepspeed",), set=(("DS_BUILD_OPS", "0"),), title=LATER)
    return (later, Advice(title=LINUX)) if host and host.os == "windows" else (later,)

"""What vLLM's server and engine say at their start: the release."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Package, Packages
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "what vLLM says at its start"
WITNESS = Witness.PROGRAM
OPENS = ""
LEFT_OUT: tuple[str, ...] = ()
_SAYS = re.compile(
    r"^(?:\([\w ]{1,30}pid=\d+\)\s*)?(?:INFO\s)?.{0,60}?(?:"
    r"\bvLLM API server version v?(?P<server>\d+\.\d+\S{0,40})$"
    r"|\bInitializing a(?:n| V\d)? (?:LLM|async)? ?(?:LLM )?engine \(v(?P<engine>\d+\.\d+[^\s()]{0,40})\) with config)"
)


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    found = {index: match for index, line in enumerate(lines) if (match := _SAYS.match(line[:200]))}
    if not found:
        return {}, set()
    version = next(match["server"] or match["engine"] for match in found.values())
    return {"packages": Packages((Package("vllm", version),), complete=False)}, set(found)

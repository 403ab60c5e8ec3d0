"""`rocminfo`: the agents of the HSA run-time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Amd, Cpu, Host
from doctor.intake.keyed import stretch
from doctor.intake.merge import Partial
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness
from doctor.text.rocminfo import gpus_of, processor_of

TITLE = "`rocminfo`"
WITNESS = Witness.DRIVER
OPENS = r"^ROCk module\b"
LEFT_OUT = (
    r"[=*]{5,}",
    r"HSA (?:System Attributes|Agents)",
    r"(?:Runtime|System|Sig|Machine|Mwaitx|XNACK|DMAbuf|VMM)\b[^:]{0,40}:",
    r"Agent \d+",
    r"\s{2,}\S",
    r"\*\*\* Done",
)
_WSL = "WSL environment detected."
_MEMBER = re.compile(r"\S+ is member of (?:video|render) group$")
_MODULE = re.compile(r"\s*ROCk module (?:version \S+ )?is (NOT )?loaded", re.IGNORECASE)


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    module = next(((i, match) for i, line in enumerate(lines) if (match := _MODULE.match(line))), None)
    start = next((i for i, line in enumerate(lines) if line.strip() == "HSA Agents"), None)
    wsl = {index for index, line in enumerate(lines) if line.strip() == _WSL}
    used = wsl | ({module[0]} if module else set[int]())
    used |= {index for index, line in enumerate(lines) if used and _MEMBER.match(line)}
    loaded = module[1][1] is None if module else None
    if start is None:
        return ({"amd": Amd(driver_loaded=loaded)} if module else {}), used
    block = stretch(lines, start, "|".join(LEFT_OUT[:2] + LEFT_OUT[3:]), "|".join(LEFT_OUT[:3]))
    text = "\n".join(lines[block.start : block.stop])
    amd = Amd(gpus=tuple(gpus_of(text)), driver_loaded=True if loaded is None else loaded)
    host = Host(os="linux", wsl=2) if wsl else Host()
    return known_sections({"amd": amd, "cpu": Cpu(model=processor_of(text)), "host": host}), used | set(block)

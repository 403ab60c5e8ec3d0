"""`amd-smi`: `static`, `list`, `version`, `monitor`, and its table since ROCm 7."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Amd, AmdGpu, Host
from doctor.intake.keyed import stretch
from doctor.intake.merge import Partial
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness

TITLE = "`amd-smi`"
WITNESS = Witness.DRIVER
OPENS = r"AMD-SMI \d|^AMDSMI Tool:"
LEFT_OUT = (
    r"\s+[A-Z][A-Z0-9_ ()/%]{2,50}:(?:\s|$)",
    r"\s*[|+][-=|+ ]+[|+]$",
    r"\s*\|.*\|$",
    r"GPU\s+(?:XCP\s+)?(?:POWER|GPU_T)\b",
    r"\s*\d+\s+(?:\d+\s+)?(?:\d+ W|N/A)\s.*(?:B|N/A)$",
)
_GPU = re.compile(r"GPU: (\d+)$")
_NAME = re.compile(r"\s+MARKET_NAME:\s+(\S.*)$")
_GFX = re.compile(r"\s+TARGET_GRAPHICS_VERSION:\s+(gfx\w+)")
_ROCM = re.compile(r"\bROCm version:\s*(\d+\.\d+(?:\.\d+)?)")
_PLATFORM = re.compile(r"\bPlatform:\s*(Linux|Windows)\b")
_ROW = re.compile(r"\| [0-9a-f]{4}:[0-9a-f]{2}:\S+\s+(\S[^|]{2,60}?)\s+\|", re.IGNORECASE)


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    below = "|".join((_GPU.pattern, OPENS, *LEFT_OUT))
    used: set[int] = set()
    for start, line in enumerate(lines):
        if start not in used and _begins(line, lines[start + 1 : start + 2]):
            used |= set(stretch(lines, start, below, LEFT_OUT[1]))
    names, targets, rocm, system = list[str](), dict[int, str](), None, None
    for line in (lines[index] for index in sorted(used)):
        rocm = rocm or (match[1] if (match := _ROCM.search(line)) else None)
        system = system or (match[1].lower() if (match := _PLATFORM.search(line)) else None)
        if name := _NAME.match(line) or _ROW.match(line):
            names.append(name[1])
        elif gfx := _GFX.match(line):
            targets[len(names) - 1] = gfx[1]
    gpus = tuple(AmdGpu(name, targets.get(index), index) for index, name in enumerate(names) if name != "N/A")
    amd = Amd(gpus=gpus, rocm_version=rocm, driver_loaded=True if names else None)
    return known_sections({"amd": amd, "host": Host(os=system)}), used


def _begins(line: str, after: Sequence[str]) -> bool:
    listed = _GPU.match(line) and any(re.match(LEFT_OUT[0], one) for one in after)
    return bool(listed or re.search(OPENS, line) or re.match(LEFT_OUT[3], line))

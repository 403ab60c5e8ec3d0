"""The table of machines that SkyPilot shows before a launch: the chosen one is where the program runs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Host
from doctor.intake.devices import ListedGpu, facts_of_devices
from doctor.intake.keyed import stretch
from doctor.intake.merge import Partial, merge
from doctor.intake.witness import Witness

TITLE = "what SkyPilot says at a launch"
WITNESS = Witness.SYSTEM
OPENS = r"^(?:I \d\d-\d\d [\d:]{8} optimizer\.py:\d+\])?\s*(?:CLOUD|INFRA)\s+INSTANCE\s+vCPUs\s+Mem\(GB\)\s+"
LEFT_OUT = (
    r"\s*-{20,}\s*$|\s*\S.{1,60}\s(?:\d+|-)\s+(?:[\d.]+|-)\s+(?:-|\S+:\d+)\s.*\d\.\d\d\b.*$|\s*Considered resources",
)
_STAMP = re.compile(r"^I \d\d-\d\d [\d:]{8} optimizer\.py:\d+\] ?")
_CHOSEN = re.compile(r"\s\d+\s+[\d.]+\s+(?P<model>[A-Z]\w*\d[\w-]*):(?P<count>\d{1,2})\s.*✔\s*$")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    texts = [_STAMP.sub("", line) for line in lines]
    start = next((index for index, text in enumerate(texts) if re.match(OPENS, text)), None)
    if start is None:
        return {}, set()
    block = stretch(texts, start, LEFT_OUT[0], LEFT_OUT[0])
    chosen = next((match for match in map(_CHOSEN.search, (texts[index] for index in block)) if match), None)
    if chosen is None:
        return {}, set(block)
    gpus = facts_of_devices([ListedGpu(chosen["model"])] * int(chosen["count"]), source="skypilot")
    return merge({"host": Host(os="linux")}, gpus), set(block)

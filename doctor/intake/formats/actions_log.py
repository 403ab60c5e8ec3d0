"""The first lines of a GitHub Actions job, which describe the runner."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Host
from doctor.intake.keyed import left_out
from doctor.intake.merge import Partial
from doctor.intake.platforms import host_of_os
from doctor.intake.witness import Witness

TITLE = "the log of a GitHub Actions job"
WITNESS = Witness.SYSTEM
OPENS = r"^Current runner version: '"
LEFT_OUT = (
    r"Current runner version: ",
    r"##\[(?:group|endgroup)\]",
    r"(?:Runner name|Runner group name|Machine name|Image|Version|Included Software|Image Release|Image Provisioner): ",
    r"(?:GITHUB_TOKEN Permissions|Contents: |Metadata: |Packages: )",
    r"(?:Secret source|Prepare workflow directory|Prepare all required actions|Getting action download info)",
    r"(?:Download action repository|Complete job name)",
    r"LTS$",
)
_SYSTEM = re.compile(r"^##\[group\]Operating System\s*$")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    head = next((index for index, line in enumerate(lines) if _SYSTEM.match(line)), None)
    if head is None:
        return {}, set()
    end = next((index for index in range(head, len(lines)) if lines[index].startswith("##[endgroup]")), head)
    words = range(head + 1, min(end, head + 5))
    host = host_of_os(" ".join(lines[index].strip() for index in words))
    if host == Host():
        return {}, set()
    start = max(0, head - 12)
    return {"host": host}, {head, *words} | left_out(lines, LEFT_OUT, range(start, min(len(lines), head + 40)))

"""`text-generation-launcher --env`: what the server was built for, and `nvidia-smi`, which its own format reads."""

from __future__ import annotations

from collections.abc import Sequence

from doctor.intake import console
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "`text-generation-launcher --env`"
WITNESS = Witness.PROGRAM
OPENS = r"\bDocker label: "
LEFT_OUT = (r"Runtime environment:$|Cargo version: |Commit sha: |Docker label: |(?:nvidia|xpu|hpu)-smi:$|N/A$",)
_FORMS = (r"Target: (?P<architecture>x86_64|aarch64)-\w+-(?P<os>linux)-\w+",)


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    return console.read(lines, "Docker label: ", _FORMS, LEFT_OUT)

"""`nvidia-container-cli info`: the driver and the GPUs that can be given to containers."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from doctor.facts import Gpu, Nvidia
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "`nvidia-container-cli info`"
WITNESS = Witness.DRIVER
OPENS = r"^NVRM version:\s+(?:\d{3}|\(null\))"
LEFT_OUT = (
    r"(?:Device Minor|Brand|GPU UUID|Bus Location):\s",
    r"I\d{4} \d\d:\d\d:\d\d\.\d+ \d+ \w+\.\w+:\d+\]",
    r"-- WARNING, the following logs are for debugging purposes only --$",
)
_VALUE = re.compile(r"(NVRM version|CUDA version|Device Index|Model|Architecture):\s+(\S.*)$")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    start = next((index for index, line in enumerate(lines) if re.match(OPENS, line)), None)
    if start is None:
        return {}, set()
    rest = re.compile("|".join(LEFT_OUT))
    used = {index for index, line in enumerate(lines) if rest.match(line)}
    gpus, head = list[Gpu](), dict[str, str]()
    for index, line in enumerate(lines[start:], start):
        if not (found := _VALUE.match(line)):
            continue
        used.add(index)
        key, value = found.groups()
        if key == "Model":
            gpus.append(Gpu(value, len(gpus)))
        elif key == "Architecture" and gpus and re.fullmatch(r"\d{1,2}\.\d", value):
            gpus[-1] = msgspec.structs.replace(gpus[-1], compute_capability=value)
        elif value != "(null)":
            head.setdefault(key, value)
    driver = head.get("NVRM version")
    nvidia = Nvidia(
        driver_version=driver,
        module_version=driver,
        cuda_version=head.get("CUDA version"),
        gpus=tuple(gpus) or None,
        gpus_source="nvml" if gpus else "",
        container_toolkit=True,
    )
    return {"nvidia": nvidia}, used

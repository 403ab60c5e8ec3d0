"""`dpkg -l`, whole or in part: packages of NVIDIA's driver, of cuDNN, of Jetson Linux."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Host, Nvidia, Toolkits
from doctor.intake.merge import Partial
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness

TITLE = "`dpkg -l`"
WITNESS = Witness.SYSTEM
OPENS = ""
LEFT_OUT = (r"Desired=Unknown/Install", r"\| Status=Not/Inst", r"\|/ Err\?=", r"\|\|/ Name\s", r"\+{3}-=+")
_ROW = re.compile(
    r"\s*(ii|rc|hi|iU|iF|iH|iW|un|pn|ri)\s+([a-z0-9][\w.+-]+?)(?::\w+)?\s+(\d\S*)(?:\s+(\w+)(?:\s+\S.*)?)?$"
)
_DRIVER = re.compile(
    r"(?:lib)?nvidia-(?:driver|compute|utils|kernel-dkms|dkms|kernel-common|kernel-source|gl|cfg1|headless)(?:-\d{3})?"
    r"(?:-server|-open)?$"
)
_CUDNN = re.compile(r"libcudnn\d+(?:-cuda-\d+)?$")
_MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    rows = {index: match for index, line in enumerate(lines) if (match := _ROW.match(line))}
    installed = {match[2]: match for match in rows.values() if match[1] == "ii"}
    if not installed:
        return {}, set()
    rest = re.compile("|".join(LEFT_OUT))
    used = set(rows) | {index for index, line in enumerate(lines) if rest.match(line)}
    drivers = {_upstream(match[3]) for name, match in installed.items() if _DRIVER.match(name)}
    cudnn = next((_upstream(match[3]) for name, match in installed.items() if _CUDNN.match(name)), None)
    l4t = _upstream(installed["nvidia-l4t-core"][3]) if "nvidia-l4t-core" in installed else None
    toolkit = any(name in installed for name in ("nvidia-container-toolkit", "nvidia-docker2"))
    machine = next((known for match in installed.values() if (known := _MACHINES.get(match[4] or ""))), None)
    facts = {
        "nvidia": Nvidia(
            driver_version=drivers.pop() if len(drivers) == 1 else None, container_toolkit=True if toolkit else None
        ),
        "toolkits": Toolkits(cudnn_version=cudnn),
        "host": Host(os="linux", architecture=machine, l4t=l4t, jetson="Jetson" if l4t else None),
    }
    return known_sections(facts), used


def _upstream(version: str) -> str:
    """Of "535.161.08-0ubuntu0.22.04.1" and "8.9.7.29-1+cuda12.2" what stands before the packager's own part."""
    return re.split(r"[-+~]", version.partition(":")[2] or version)[0]

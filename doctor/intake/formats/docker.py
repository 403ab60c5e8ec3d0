"""`docker info` and `docker version`: of the host that runs containers, not of what is in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from doctor.facts import Cpu, Memory, Nvidia
from doctor.intake.keyed import stretch
from doctor.intake.merge import Partial
from doctor.intake.platforms import host_of_os, wsl_of
from doctor.intake.values import bytes_of, known_sections
from doctor.intake.witness import Witness
from doctor.text.numbers import whole

TITLE = "`docker info` or `docker version`"
WITNESS = Witness.SYSTEM
OPENS = ""
LEFT_OUT = (
    r"(?:Client|Server):",
    r" +\S[^:]{0,60}:",
    r" {2,}(?:Profile|Cgroupns|Volume|Network|Log|[a-z][\w.]+)",
    r"(?:Containers|Images|(?:Storage|Logging|Cgroup) Driver|Cgroup Version|Plugins|Swarm|Runtimes|Default Runtime"
    r"|Init Binary|(?:containerd|runc|init) version"
    r"|Security Options|Kernel Version|Operating System|OSType|Architecture|CPUs|Total Memory"
    r"|Name|ID|Docker Root Dir|Debug Mode|Registry|Experimental|Insecure Registries|Live Restore Enabled|Labels"
    r"|HTTPS? Proxy|No Proxy|Username|Product License|Default Address Pools|Server Version|Context|Builder Version):",
)
_HEAD = re.compile(r"(?:Client|Server):(?: Docker Engine.*| Docker Desktop.*)?$|\s?Server Version: \d")
_VALUE = re.compile(r"\s?(Runtimes|Kernel Version|Operating System|OSType|Architecture|CPUs|Total Memory): (\S.*)$")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    used: set[int] = set()
    told: dict[str, str] = {}
    shape = "|".join(LEFT_OUT)
    for start in (index for index, line in enumerate(lines) if _HEAD.match(line) and _is_docker(lines, index)):
        used |= set(stretch(lines, start, shape, shape))
    for index in sorted(used):
        if found := _VALUE.match(lines[index]):
            told.setdefault(found[1], found[2])
    return (_facts(told) if "Operating System" in told else {}), used


def _is_docker(lines: Sequence[str], index: int) -> bool:
    near = "\n".join(lines[index : index + 6])
    return bool(re.search(r"Docker|API version|Containers|Storage Driver", near))


def _facts(told: dict[str, str]) -> Partial:
    host, kernel = host_of_os(told["Operating System"]), told.get("Kernel Version", "")
    linux = told.get("OSType") == "linux"
    host = msgspec.structs.replace(
        host,
        os="linux" if linux else host.os,
        kernel=kernel if linux else None,
        architecture=told.get("Architecture"),
        wsl=wsl_of(kernel) if linux else None,
    )
    processors = told.get("CPUs", "")
    nvidia = Nvidia(container_toolkit=True) if "nvidia" in told.get("Runtimes", "").split() else Nvidia()
    return known_sections(
        {
            "host": host,
            "cpu": Cpu(logical=whole(processors)),
            "memory": Memory(total_bytes=bytes_of(told.get("Total Memory"))),
            "nvidia": nvidia,
        }
    )

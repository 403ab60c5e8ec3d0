"""What the file name of a wheel tells of the machine that it was installed on (PEP 427)."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from doctor.facts import Host

SHAPE = re.compile(
    r"(?<![\w.-])(?P<name>[A-Za-z0-9][A-Za-z0-9._]{0,60})-(?P<version>\d[\w.!+]{0,60}?)(?:-\d{1,4}\w{0,20})?"
    r"-(?P<python>(?:cp|py|pp)\d[\w.]{0,40})-(?P<abi>[\w.]{1,40})-(?P<platform>[\w.]{2,120})\.whl"
)
_SYSTEMS = (("win", "windows"), ("macosx", "macos"), ("manylinux", "linux"), ("musllinux", "linux"), ("linux", "linux"))
_MACHINES = {"amd64": "x86_64"}


class WheelName(NamedTuple):
    """A name normalised, a version, the Python that it is for ("3.10"; "" of any), and the system."""

    name: str
    version: str
    python: str
    host: Host


def find(text: str) -> WheelName | None:
    """The wheel that is named in a path, an address or a message."""
    found = SHAPE.search(unquote(text).replace("/", " ").replace("\\", " "))
    if found is None:
        return None
    name = re.sub(r"[-_.]+", "-", found["name"]).lower()
    return WheelName(name, found["version"], _python(found["python"], found["abi"]), _host(found["platform"]))


def _python(tag: str, abi: str) -> str:
    """A wheel for one Python; those of the stable ABI run on later ones, too."""
    exact = re.fullmatch(r"cp(3)(\d{1,2})", tag)
    return f"{exact[1]}.{exact[2]}" if exact and abi.startswith(tag) else ""


def _host(platform: str) -> Host:
    system = next((os for start, os in _SYSTEMS if platform.startswith(start)), None)
    machine = next((m for m in ("x86_64", "aarch64", "arm64", "amd64") if platform.endswith(f"_{m}")), None)
    return Host(os=system, architecture=_MACHINES.get(machine or "", machine))

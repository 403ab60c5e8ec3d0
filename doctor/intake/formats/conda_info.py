"""`conda info`, also of mamba, micromamba and pixi: the environment, and what its virtual packages tell of the machine.

The Python that `conda info` names is the one that conda runs in, not that of the environment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from doctor.facts import Conda, Host, Nvidia
from doctor.intake import platforms
from doctor.intake.keyed import left_out
from doctor.intake.merge import Partial, merge
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness
from doctor.privacy import redact

TITLE = "`conda info`"
WITNESS = Witness.SYSTEM
OPENS = r"^\s*(?:conda|micromamba|mamba|Pixi) version\s*: \d"
LEFT_OUT = (r"\S{1,40}$",)  # pixi's headings, the rules below them, and names of environments

_KEY = re.compile(r"^\s*(?P<key>[A-Za-z][\w:/ -]{1,30}?) : (?P<value>\S.*)?$")
_PIXI_KEY = re.compile(r"^\s+(?P<key>[A-Z][\w ]{1,30}?)\s*:(?: (?P<value>\S.*))?$")
_MORE = re.compile(r"^\s{5,}(?:: )?(?P<value>\S.*)$")
_CHANNELS = ("channel urls", "channels")
_PLATFORM = r"/(?:linux|osx|win|noarch)[\w-]*$"
_SUBDIR = re.compile(r"^(linux|osx|win)-(64|32|aarch64|arm64|ppc64le|s390x)$")
_SYSTEMS = {"linux": "linux", "osx": "macos", "win": "windows"}
_MACHINES = {"64": "x86_64", "32": "i686"}
_AGENT = re.compile(
    r"Linux/(?P<kernel>\S+)(?: (?P<id>[a-z]+)/(?P<version>[\d.]+))?(?: glibc/(?P<glibc>[\d.]+))?"
    r"|Windows/(?P<release>\d+)"
)


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    head = next((index for index, line in enumerate(lines) if re.match(OPENS, line)), None)
    if head is None:
        return {}, set()
    by_pixi = bool(_PIXI_KEY.match(lines[head]) and "Pixi" in lines[head])
    key = _PIXI_KEY if by_pixi else _KEY
    block = _block(lines, head, key, by_pixi)
    values, used = _values(lines, block, key)
    told = {key: entries[0] for key, entries in values.items() if entries}
    virtual = values.get("virtual packages")
    host = _host(told.get("platform", ""), _versions(virtual or ()))
    facts = known_sections({"conda": _conda(values, told, virtual), "host": host, "nvidia": _nvidia(virtual or ())})
    if agent := _AGENT.search(told.get("user-agent", "")):
        facts = merge(facts, known_sections({"host": _of_agent(agent)}))
    return facts, used | (left_out(lines, LEFT_OUT, block) if by_pixi else set())


def _block(lines: Sequence[str], head: int, key: re.Pattern[str], by_pixi: bool) -> range:
    """All around the version that has keys, with pixi's headings."""

    def belongs(line: str) -> bool:
        return bool(key.match(line) or _MORE.match(line) or (by_pixi and re.match(r"^\S{0,40}\s*$", line)))

    start = next((index + 1 for index in range(head, -1, -1) if not belongs(lines[index])), 0)
    end = next((index for index in range(head, len(lines)) if not belongs(lines[index])), len(lines))
    return range(start, end)


def _values(lines: Sequence[str], block: range, shape: re.Pattern[str]) -> tuple[dict[str, list[str]], set[int]]:
    """Values by key; a value goes on over lines that have no key."""
    values: dict[str, list[str]] = {}
    used: set[int] = set()
    current: list[str] = []
    for index in block:
        if key := shape.match(lines[index]):
            current = values.setdefault(key["key"].lower(), [])
        elif not (key := _MORE.match(lines[index])):
            continue
        used.add(index)
        current += [key["value"].strip()] if key["value"] else []
    return values, used


def _conda(values: Mapping[str, list[str]], told: Mapping[str, str], virtual: Sequence[str] | None) -> Conda:
    name = told.get("active environment") or told.get("environment", "").removesuffix(" (active)")
    version = told.get("conda version") or told.get("mamba version") or told.get("micromamba version")
    urls = [url for key in _CHANNELS for url in values.get(key, ())]
    return Conda(
        name=redact(name.rpartition("/")[2]) if name and name != "None" else None,
        version=version,
        virtual_packages=None if virtual is None else tuple("=".join(v.split("=")[:2]) for v in virtual),
        channels=tuple(dict.fromkeys(redact(re.sub(_PLATFORM, "", url)) for url in urls)),
    )


def _versions(virtual: Sequence[str]) -> dict[str, str]:
    return {parts[0]: parts[1] for package in virtual if len(parts := package.split("=")) > 1}


def _host(platform: str, versions: Mapping[str, str]) -> Host | None:
    subdir = _SUBDIR.match(platform)
    if subdir is None:
        return None
    system = _SYSTEMS[subdir[1]]
    glibc = versions.get("__glibc") if system == "linux" else None
    mac = versions.get("__osx") if system == "macos" else None
    return Host(
        os=system,
        architecture=_MACHINES.get(subdir[2], subdir[2]),
        libc="glibc" if glibc else None,
        libc_version=glibc,
        distribution_id="macos" if mac else None,
        distribution_version=mac,
    )


def _nvidia(virtual: Sequence[str]) -> Nvidia | None:
    """`__cuda` is the newest CUDA that the driver runs."""
    cuda = _versions(virtual).get("__cuda", "")
    return Nvidia(cuda_version=cuda) if re.fullmatch(r"\d{1,2}\.\d", cuda) else None


def _of_agent(agent: re.Match[str]) -> Host:
    """What conda sends to servers: its versions, and the system."""
    if agent["release"]:
        return Host(os="windows", distribution_id="windows", distribution_version=agent["release"])
    named = platforms.host_of_os(f"{agent['id']} {agent['version']}") if agent["id"] else Host()
    kernel = agent["kernel"]
    told = Host(
        os="linux",
        kernel=kernel,
        libc_version=agent["glibc"],
        wsl=platforms.wsl_of(kernel),
        jetson=platforms.jetson_of(kernel),
    )
    merged = merge({"host": told}, {"host": named})["host"]
    assert isinstance(merged, Host)
    return merged

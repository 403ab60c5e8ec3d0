"""Kernel, distribution and libc: `uname -a`, /etc/os-release, `lsb_release -a`, `ldd --version`, `hostnamectl`."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from doctor.facts import Host
from doctor.intake.merge import Partial, merge
from doctor.intake.platforms import host_of_os, jetson_of, wsl_of
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness

TITLE = "`uname -a`, `/etc/os-release`, `lsb_release -a` or `ldd --version`"
WITNESS = Witness.SYSTEM
OPENS = ""
LEFT_OUT = (
    r"(?:NAME|VERSION|VERSION_CODENAME|[A-Z]+_CODENAME|[A-Z_]+_URL|LOGO|ANSI_COLOR|CPE_NAME|BUILD_ID|VARIANT(?:_ID)?|PLATFORM_ID"
    r"|[A-Z_]+SUPPORT\w*|REDHAT_\w+|DISTRIB_\w+|SUPPORT_END|IMAGE_\w+|VENDOR_\w+|DEBIAN_VERSION_FULL|ROCKY_\w+|ALMALINUX_\w+)=",
    r"No LSB modules are available\.",
    r"(?:LSB Version|Codename):\s",
    r"Copyright \(C\) 20\d\d Free Software Foundation, Inc\.|This is free software; see the source|warranty; not even"
    r"|Written by Roland McGrath|There is NO$|Dynamic Program Loader$|Usage: ldd ",
)
_UNAME = re.compile(
    r"(Linux|Darwin) \S+ (\d+\.\d\S*) .*?(?:\b|_)(x86_64|aarch64|arm64|ppc64le|riscv64|i686)\b(?: .*Linux)?\s*$"
)
_OS_RELEASE = re.compile(r"(PRETTY_NAME|ID|VERSION_ID|ID_LIKE)=[\"']?([^\"']*)[\"']?$")
_LSB = re.compile(r"(Distributor ID|Description|Release):\s+(\S.*)$")
_LDD = re.compile(r"ldd \((?:[^)]*(?:GLIBC|GNU libc|Debian)[^)]*)\) (\d+\.\d+)$")
_MUSL = re.compile(r"musl libc \((\w+)\)$")
_RELEASE_FILE = re.compile(r"(?:CentOS|Red Hat|Rocky|AlmaLinux|Fedora|Oracle)\b[\w ]* release \d[\d.]*(?: \([^)]+\))?$")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    used: set[int] = set()
    facts: Partial = {}
    for one in (_uname, _os_release, _lsb_release, _libc):
        facts = merge(facts, known_sections({"host": one(lines, used)}))
    if used:
        rest = re.compile("|".join(LEFT_OUT))
        used |= {index for index, line in enumerate(lines) if rest.match(line)}
    return facts, used


def _values(shape: re.Pattern[str], lines: Sequence[str], used: set[int], needed: str) -> dict[str, str]:
    found = {index: match for index, line in enumerate(lines) if (match := shape.match(line))}
    values = {match[1]: match[2] for match in reversed(found.values())}
    if needed not in values:
        return {}
    used |= set(found)
    return values


def _uname(lines: Sequence[str], used: set[int]) -> Host:
    found = next(((index, match) for index, line in enumerate(lines) if (match := _UNAME.match(line))), None)
    if found is None:
        return Host()
    used.add(found[0])
    system, kernel, machine = found[1].groups()
    if system == "Darwin":
        return Host(os="macos", kernel=kernel, architecture=machine, libc="", wsl=0)
    return Host(os="linux", kernel=kernel, architecture=machine, wsl=wsl_of(kernel), jetson=jetson_of(kernel))


def _os_release(lines: Sequence[str], used: set[int]) -> Host:
    values = _values(_OS_RELEASE, lines, used, "PRETTY_NAME")
    if values and "ID" not in values:
        return host_of_os(values["PRETTY_NAME"])
    if not values:
        release = next((index for index, line in enumerate(lines) if _RELEASE_FILE.match(line)), None)
        if release is None:
            return Host()
        used.add(release)
        return host_of_os(lines[release])
    return Host(
        os="linux",
        distribution=values.get("PRETTY_NAME"),
        distribution_id=values["ID"],
        distribution_version=values.get("VERSION_ID"),
        distribution_like=tuple(values.get("ID_LIKE", "").split()),
    )


def _lsb_release(lines: Sequence[str], used: set[int]) -> Host:
    values = _values(_LSB, lines, used, "Description")
    if not values:
        return Host()
    host = host_of_os(values["Description"])
    return msgspec.structs.replace(host, os="linux", distribution_version=values.get("Release"))


def _libc(lines: Sequence[str], used: set[int]) -> Host:
    for index, line in enumerate(lines):
        if found := _LDD.match(line):
            used.add(index)
            return Host(os="linux", libc="glibc", libc_version=found[1])
        if found := _MUSL.match(line):
            version = re.match(r"Version (\d+\.\d+\.\d+)", lines[index + 1]) if index + 1 < len(lines) else None
            used |= {index, index + 1} if version else {index}
            return Host(os="linux", libc="musl", libc_version=version[1] if version else None, architecture=found[1])
    return Host()

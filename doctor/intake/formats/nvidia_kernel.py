"""The NVIDIA kernel module: /proc/driver/nvidia/version, `modinfo`, `dkms status`, `lsmod`, `mokutil --sb-state`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Host, Nvidia
from doctor.intake.merge import Partial, merge
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness

TITLE = "the NVIDIA kernel module (`modinfo`, `dkms status`, `/proc/driver/nvidia/version`)"
WITNESS = Witness.DRIVER
OPENS = ""
LEFT_OUT = (
    r"(?:firmware|alias|supported|srcversion|depends|retpoline|name|vermagic|import_ns|intree|sig_?\w+|parm|description"
    r"|author|file|builtin|modaliases|signer):(?:\s|$)",
    r"\s+(?:[0-9A-F]{2}:){10,}",  # a signature
)
_NVRM = re.compile(r"(?<!\s)\s*NVRM version:\s+NVIDIA UNIX (Open )?.*Kernel Module(?: for \w+)?\s+(\d{3}[\d.]*)")
_GCC = re.compile(r"^\s*GCC version:\s+gcc")
_FILE = re.compile(r"filename:\s+\S*/nvidia(?:-current)?\.ko")
_MODINFO = re.compile(r"(version|license):\s+(\S.*)$")
_NO_MODULE = re.compile(r"modinfo: ERROR: Module nvidia(?:-current)? not found")
_DKMS = re.compile(r"nvidia(?:-current|-srv|-open)?(?:/|, )(\d{3}[\d.]*\d)\b.*?: (added|built|installed)\b")
_LOADED = re.compile(r"(nvidia(?:_uvm|_modeset|_drm|_peermem)?|nouveau|nova_core)\s+\d+\s+-?\d+(?: (\S*))?$")
_NAMES = ("nvidia", "nouveau", "nova")
_SECURE = re.compile(r"SecureBoot (enabled|disabled)\s*$")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    used: set[int] = set()
    facts: Partial = {}
    for one in (_running, _modinfo, _dkms, _lsmod):
        facts = merge(facts, known_sections({"nvidia": one(lines, used)}))
    secure = _matches(_SECURE, lines, used)
    if used:
        facts["host"] = Host(os="linux", secure_boot=secure[0][1] == "enabled" if secure else None)
    return facts, used


def _matches(shape: re.Pattern[str], lines: Sequence[str], used: set[int]) -> list[re.Match[str]]:
    found = {index: match for index, line in enumerate(lines) if (match := shape.match(line))}
    used |= set(found)
    return list(found.values())


def _running(lines: Sequence[str], used: set[int]) -> Nvidia:
    found = _matches(_NVRM, lines, used)
    if not found:
        return Nvidia()
    _matches(_GCC, lines, used)
    version, opened = found[0][2], bool(found[0][1])
    return Nvidia(driver_version=version, module_version=version, module_open=opened)


def _modinfo(lines: Sequence[str], used: set[int]) -> Nvidia:
    """A module on disk, for the kernel that runs: `modinfo` looks nowhere else."""
    start = next((index for index, line in enumerate(lines) if _FILE.match(line)), None)
    if start is None:
        return Nvidia(module_installed=False if any(map(_NO_MODULE.search, lines)) else None)
    values, more, end = dict[str, str](), re.compile("|".join(LEFT_OUT)), start + 1
    while end < len(lines) and (told := _MODINFO.match(lines[end]) or more.match(lines[end])):
        if told.re is _MODINFO:
            values.setdefault(told[1], told[2].strip())
        end += 1
    used |= set(range(start, end))
    licence = values.get("license")
    return Nvidia(
        driver_version=values.get("version"), module_installed=True, module_open=(licence and "GPL" in licence) or None
    )


def _dkms(lines: Sequence[str], used: set[int]) -> Nvidia:
    """What was added and for no kernel installed is for the running one neither."""
    found = _matches(_DKMS, lines, used)
    versions = {match[1] for match in found}
    nowhere = bool(found) and all(match[2] != "installed" for match in found)
    return Nvidia(
        driver_version=versions.pop() if len(versions) == 1 else None, module_installed=False if nowhere else None
    )


def _lsmod(lines: Sequence[str], used: set[int]) -> Nvidia:
    found = _matches(_LOADED, lines, used)
    used |= {index for index, line in enumerate(lines) if found and re.match(r"Module\s+Size\s+Used by", line)}
    users = (name for match in found for name in (match[1], *(match[2] or "").split(",")) if name.startswith(_NAMES))
    return Nvidia(modules=tuple(dict.fromkeys(users)) or None)

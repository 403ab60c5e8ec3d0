"""What Windows tells through its registry; judging of values apart from reading, so that it is tested anywhere."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from doctor.catalog import Version
from doctor.facts import Cpu

Values = Mapping[str, str | int]

CURRENT_VERSION = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion"
FILE_SYSTEM = r"SYSTEM\CurrentControlSet\Control\FileSystem"
SECURE_BOOT = r"SYSTEM\CurrentControlSet\Control\SecureBoot\State"
ENVIRONMENT = r"SYSTEM\CurrentControlSet\Control\Session Manager\Environment"
MEMORY_MANAGEMENT = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management"
_POWERSHELL = r"SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell"
_POWERSHELL_BY_GROUP = r"SOFTWARE\Policies\Microsoft\Windows\PowerShell"
APP_CONTROL = r"SYSTEM\CurrentControlSet\Control\CI\Policy"
GRAPHICS = r"SYSTEM\CurrentControlSet\Control\GraphicsDrivers"
_WSL = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Lxss"
BIOS = r"HARDWARE\DESCRIPTION\System\BIOS"
_PROCESSOR = r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"
_RUNTIMES = (
    r"SOFTWARE\Microsoft\VisualStudio\14.0\VC\Runtimes",
    r"SOFTWARE\WOW6432Node\Microsoft\VisualStudio\14.0\VC\Runtimes",
)
_DISPLAY_CLASS = r"SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}"
# numbers of IsProcessorFeaturePresent (winnt.h) under the names Linux uses
_FEATURES = {6: "sse", 10: "sse2", 13: "sse3", 36: "ssse3", 37: "sse4_1", 38: "sse4_2", 39: "avx", 40: "avx2"}
_FEATURES |= {41: "avx512f", 19: "neon", 43: "asimddp"}


class Adapter(NamedTuple):
    """A display adapter: "10de", "2684", "NVIDIA GeForce RTX 4090"."""

    vendor: str
    device: str
    name: str


def key_values(key: str, root: str = "HKEY_LOCAL_MACHINE") -> dict[str, str | int]:
    """The values of a key in the 64-bit view; empty when there is no such key."""
    found: list[tuple[str, object]] = []
    if sys.platform == "win32":
        import winreg

        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        with contextlib.suppress(OSError), winreg.OpenKey(getattr(winreg, root), key, access=access) as opened:
            count = winreg.QueryInfoKey(opened)[1]
            found = [winreg.EnumValue(opened, index)[:2] for index in range(count)]
    lines = ((name, "\n".join(value) if isinstance(value, list) else value) for name, value in found)
    return {name: value for name, value in lines if isinstance(value, str | int)}


def key_names(key: str, root: str = "HKEY_LOCAL_MACHINE") -> tuple[str, ...]:
    """The names of the keys below one, in the 64-bit view; none when there is no such key."""
    found: list[str] = []
    if sys.platform == "win32":
        import winreg

        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        with contextlib.suppress(OSError), winreg.OpenKey(getattr(winreg, root), key, access=access) as opened:
            found = [winreg.EnumKey(opened, index) for index in range(winreg.QueryInfoKey(opened)[0])]
    return tuple(found)


@cache
def display_adapters() -> tuple[Adapter, ...]:
    """Display adapters with a driver bound to them."""
    found = [adapter(key_values(rf"{_DISPLAY_CLASS}\{number:04}")) for number in range(32)]
    return tuple(dict.fromkeys(one for one in found if one))


def adapter(values: Values) -> Adapter | None:
    """An adapter from a key of the display class; None for one that is not on the PCI bus."""
    match = re.search(r"(?i)pci\\ven_([0-9a-f]{4})&dev_([0-9a-f]{4})", str(values.get("MatchingDeviceId", "")))
    if not match:
        return None
    return Adapter(match[1].lower(), match[2].lower(), str(values.get("DriverDesc", "")))


def processor() -> Values:
    return key_values(_PROCESSOR)


def processor_features() -> frozenset[int]:
    """The numbers of the features Windows says the processor has."""
    found: list[int] = []
    if sys.platform == "win32":
        import ctypes

        found = [number for number in _FEATURES if ctypes.windll.kernel32.IsProcessorFeaturePresent(number)]
    return frozenset(found)


class Commitment(NamedTuple):
    """What programs can be promised in all, and how much memory there is, in bytes."""

    limit: int
    memory: int


def commitment() -> Commitment | None:
    """As GlobalMemoryStatusEx tells it; None elsewhere, and where it fails."""
    told = None
    if sys.platform == "win32":
        import ctypes

        numbers = (ctypes.c_uint64 * 8)(64)  # MEMORYSTATUSEX: its length and the load share the first one
        if ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(numbers)):
            told = Commitment(limit=numbers[3], memory=numbers[1])
    return told


def page_file(told: Commitment | None) -> int | None:
    """Bytes that can be promised beyond the memory: those of all page files as they are now."""
    return None if told is None else max(0, told.limit - told.memory)


def page_file_managed(values: Values) -> bool | None:
    """Whether Windows sets the size of a page file and lets it grow: "?:\\pagefile.sys", or one with sizes of 0."""
    files = values.get("PagingFiles")
    return None if files is None else bool(re.search(r"(?m)^\?:|\s0\s+0\s*$", str(files)))


def cpu(values: Values, features: frozenset[int], logical: int | None, physical: int | None, usable: int | None) -> Cpu:
    """Windows before 10 version 2004 does not know of SSE4 and AVX; then the flags are not known, not absent."""
    known = features & {19, 37}
    return Cpu(
        model=str(values.get("ProcessorNameString", "")).strip() or None,
        flags=tuple(name for number, name in _FEATURES.items() if number in features) if known else None,
        logical=logical,
        physical=physical,
        affinity=usable,
    )


def runtimes(architecture: str) -> tuple[Values, ...]:
    """The keys where installers of the Visual C++ runtime leave its version."""
    name = "ARM64" if architecture == "arm64" else "X64"
    return tuple(key_values(rf"{key}\{name}") for key in _RUNTIMES)


def vc_runtime(keys: tuple[Values, ...]) -> str:
    """ "14.38.33135.00" from "v14.38.33135.00"; "" when none is installed."""
    found = [str(values.get("Version", "")).lstrip("v") for values in keys if values.get("Installed") == 1]
    return max(found, key=Version.of, default="")


def product_name(values: Values) -> tuple[str, str]:
    """Name and version for people: Windows 11 still calls itself 10 in the registry."""
    name = str(values.get("ProductName", "Windows"))
    build = build_number(values)
    if Version.of(build) >= (22000,) and "Server" not in name:
        name = name.replace("Windows 10", "Windows 11")
    match = re.search(r"(?:Windows|Server) (\d+(?:\.\d+)?)", name)
    display = str(values.get("DisplayVersion", ""))
    return f"{name} {display}".strip(), match[1] if match else ""


def build_number(values: Values) -> str:
    return str(values.get("CurrentBuildNumber", ""))


def architecture(values: Values) -> str:
    """Of the machine, be this process emulated or not: "x86_64", "arm64", "i686"."""
    name = str(values.get("PROCESSOR_ARCHITECTURE", "")).upper()
    return {"AMD64": "x86_64", "ARM64": "arm64", "X86": "i686"}.get(name, name.lower())


def long_paths(values: Values) -> bool | None:
    """Whether paths may have more than 259 characters: where nobody has set it, they may not."""
    return values.get("LongPathsEnabled") == 1 if values else None


def smart_app_control(values: Values) -> str:
    """ "on", "evaluation" or "off"; "" on a Windows that has none."""
    states = {0: "off", 1: "on", 2: "evaluation"}
    return states.get(int(values.get("VerifiedAndReputablePolicyState", -1)), "")


def execution_policies() -> tuple[Values, ...]:
    """The keys with the policies of Windows PowerShell, those of groups first, as it asks them."""
    keys = (_POWERSHELL_BY_GROUP, _POWERSHELL)
    roots = (("HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER"), ("HKEY_CURRENT_USER", "HKEY_LOCAL_MACHINE"))
    return tuple(key_values(key, root) for key, order in zip(keys, roots, strict=True) for root in order)


def execution_policy(keys: tuple[Values, ...], process: str, product: str) -> str:
    """What they come to. `process` is that of the shell that started us, which only a group's comes before."""
    named = ["Restricted" if one.get("EnableScripts") == 0 else str(one.get("ExecutionPolicy", "")) for one in keys]
    found = (policy for policy in (*named[:2], process, *named[2:]) if policy not in ("", "Undefined"))
    return next(found, "RemoteSigned" if "Server" in product else "Restricted")


def wsl_distributions() -> tuple[str, ...]:
    """The Linux distributions that the user has in WSL, by their names: "Ubuntu-24.04"."""
    root = "HKEY_CURRENT_USER"
    found = (key_values(rf"{_WSL}\{name}", root).get("DistributionName") for name in key_names(_WSL, root))
    return tuple(sorted(str(name) for name in found if name))


def gpu_scheduling(values: Values) -> bool | None:
    """Whether the GPU schedules its own work (HAGS); None where its driver or this Windows cannot."""
    return {1: False, 2: True}.get(int(values.get("HwSchMode", 0)))


def gpu_timeout_s(values: Values) -> int:
    """Seconds after which Windows resets a GPU that does not answer (TDR); 0 where it never does."""
    return 0 if values.get("TdrLevel") == 0 else int(values.get("TdrDelay", 2))


def registry_switch(values: Values, name: str) -> bool | None:
    """A value that is 1 or 0; None when Windows has none of that name."""
    return None if name not in values else values[name] == 1

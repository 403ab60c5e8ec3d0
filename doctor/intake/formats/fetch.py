"""`neofetch`, `fastfetch` and `screenfetch`: a logo, and beside or below it a list of the machine's parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from doctor.facts import Apple, Cpu, Host, Memory
from doctor.intake.adapters import DisplayAdapter, facts_of
from doctor.intake.merge import Partial, merge
from doctor.intake.platforms import host_of_os, jetson_of, wsl_of
from doctor.intake.values import bytes_of, known_sections
from doctor.intake.witness import Witness

TITLE = "`neofetch` or `fastfetch`"
WITNESS = Witness.SYSTEM
OPENS = ""
LEFT_OUT = (
    r"(?:Host|Uptime|Packages|Shell|Resolution|Display|DE|WM|WM Theme|Theme|Icons|Font|Cursor|Terminal|Terminal Font"
    r"|CPU Usage|GPU Driver|Swap|Disk|Local IP|Battery|Power Adapter|Locale|Bios|GTK Theme|Icon Theme)"
    r"(?: ?\([^)]{1,40}\))?",
)
_LINE = re.compile(rf"(?:^|.*?(?:\s\s|[^\w\s] ?))(OS|Kernel|CPU|GPU(?: ?\d)?|Memory|RAM|{LEFT_OUT[0]}): (\S.*)$")
_GAP, _FEWEST = 3, 5  # lines
_WIDEST = 300  # a logo and a value
_LOGO = re.compile(r"(?!.*\w: \S)(?:.*(\S)\1\1|.*[\w.-]+@[\w.-]+$|\s{6,}\S|\s*-+$)")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    lines = [line[:_WIDEST] for line in lines]
    found = _list(lines)
    keys = {key for _, key, _ in found}
    if not {"OS", "Uptime", "Kernel"} <= keys or not keys & {"Shell", "Packages", "Terminal"}:
        return {}, set()
    first, last = found[0][0], found[-1][0]
    while first and _LOGO.match(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and _LOGO.match(lines[last + 1]):
        last += 1
    told = {key: value for _, key, value in reversed(found)}
    cards = [
        DisplayAdapter(value, memory_bytes=_size(value))
        for _, key, value in found
        if key.startswith("GPU") and key != "GPU Driver"
    ]
    facts = facts_of(one for one in cards if not one.name.startswith("Apple"))
    if "nvidia" in facts:
        nvidia = facts["nvidia"]
        facts["nvidia"] = msgspec.structs.replace(nvidia, gpus=nvidia.pci_gpus, gpus_source="pci")
    return merge(_machine(told), facts), set(range(first, last + 1))


def _list(lines: Sequence[str]) -> list[tuple[int, str, str]]:
    """Index, key and value of the lines from "OS" on, as long as one follows the other."""
    found: list[tuple[int, str, str]] = []
    for index, match in enumerate(map(_LINE.match, lines)):
        if match and (index - found[-1][0] < _GAP if found else match[1] == "OS"):
            found.append((index, match[1], match[2].strip()))
        elif found and index - found[-1][0] >= _GAP and len(found) < _FEWEST:
            found = []
    return found


def _size(value: str) -> int | None:
    """Of "NVIDIA GeForce RTX 4080 (15.59 GiB) [Discrete]"."""
    found = re.search(r"\(([\d.]+ [GM]iB)", value)
    return bytes_of(found[1]) if found else None


def _machine(told: dict[str, str]) -> Partial:
    host = host_of_os(told["OS"])
    kernel = re.match(r"(?:Linux |Darwin )?(\d\S+)", told["Kernel"])
    windows = re.search(r"10\.0\.(\d{5})", told["Kernel"])
    known = {
        "kernel": kernel[1] if kernel and host.os != "windows" else None,
        "windows_build": windows[1] if windows else None,
        "os": host.os or ("linux" if kernel else None),
        "jetson": jetson_of(kernel[1]) if kernel else None,
        "wsl": wsl_of(kernel[1]) if kernel and host.os != "macos" and not windows else host.wsl,
    }
    host = msgspec.structs.replace(host, **known)
    processor = re.sub(r"(?<!\s)\s*(?:\(\d[^)]*\)|@ .*)", "", told.get("CPU", "")) or None
    memory = told.get("Memory") or told.get("RAM", "")
    total = re.search(r"/ ?(\d[\d.]* ?[MG]i?B)", memory)
    chip = processor if processor and processor.startswith("Apple") else None
    return known_sections(
        {
            "host": host if host != Host() else None,
            "cpu": Cpu(model=processor),
            "memory": Memory(total_bytes=bytes_of(total[1]) if total else None),
            "apple": Apple(chip=chip, macos=host.distribution_version) if chip else None,
        }
    )

"""`inxi -G` and `inxi -F`: sections of "key: value" pairs, several on a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from doctor.facts import Cpu, Memory
from doctor.intake.adapters import DisplayAdapter, facts_of
from doctor.intake.keyed import stretch
from doctor.intake.merge import Partial
from doctor.intake.platforms import host_of_os, wsl_of
from doctor.intake.values import bytes_of, known_sections
from doctor.intake.witness import Witness

TITLE = "`inxi`"
WITNESS = Witness.SYSTEM
OPENS = ""
LEFT_OUT = (
    r"(?:System|Machine|Battery|CPU|Graphics|Audio|Network|Bluetooth|RAID|Drives|Partition|Swap|Sensors|Info|Memory"
    r"|Repos|Processes|USB|Logical|Bios):(?:\s|$)",
    r"\s+\S[^:]{1,60}:\s",
)
_WIDEST = 300
_CARD = re.compile(
    r"(?:^Graphics:)?\s+(?:Device|Card)-?\d*: (\S.*?)(?: vendor: .*?)?(?: driver: (\S+?),?(?: v: (\S+))?)?"
    r"(?: alternate: .*| arch: .*| bus.*| non-free: .*)?$"
)
_KERNEL = re.compile(r"\bKernel: (\d\S+)(?: arch: (\S+)| (x86_64|aarch64)\b)?")
_DISTRO = re.compile(r"\bDistro: (\S.*?)(?: base: .*| \(.*)?$")
_CPU = re.compile(r"\bmodel: (\S.*?) (?:bits: |socket: |arch: )|\b(?:Topology|Info): .*?\bmodel: (\S.*?) bits")
_MEMORY = re.compile(r"\bMemory: .*?\bavailable: (\d[\d.]* [MGT]iB)|\b(?:RAM|Memory): (?:total: )?(\d[\d.]* [MGT]iB)")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    start = next(
        (index for index, line in enumerate(lines) if line.startswith("Graphics:") and _near(lines, index)), None
    )
    if start is None:
        return {}, set()
    block = stretch(lines, start, "|".join(LEFT_OUT), "|".join(LEFT_OUT))
    text = [lines[index][:_WIDEST] for index in block]
    cards = [match for line in text[start - block.start :] if (match := _CARD.match(line))]
    facts = facts_of(DisplayAdapter(c[1], driver=c[3] if c[2] == "nvidia" else None, module=c[2]) for c in cards)
    return {**facts, **_machine(text)}, set(block)


def _near(lines: Sequence[str], index: int) -> bool:
    return any(map(_CARD.match, (line[:_WIDEST] for line in lines[index : index + 2])))


def _machine(lines: Sequence[str]) -> Partial:
    kernel, distro, cpu, memory = (
        next((m for m in map(shape.search, lines) if m), None) for shape in (_KERNEL, _DISTRO, _CPU, _MEMORY)
    )
    other = any("BSD" in line for line in lines)
    host = msgspec.structs.replace(host_of_os(distro[1] if distro else ""), os=None if other else "linux")
    if kernel:
        host = msgspec.structs.replace(
            host, kernel=kernel[1], architecture=kernel[2] or kernel[3], wsl=wsl_of(kernel[1])
        )
    return known_sections(
        {
            "host": host,
            "cpu": Cpu(model=(cpu[1] or cpu[2]) if cpu else None),
            "memory": Memory(total_bytes=bytes_of(memory[1] or memory[2]) if memory else None),
        }
    )

"""The processor: model, instruction sets, cores, and how many of them this process may use."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from doctor.facts import Cpu
from doctor.probes import _cgroup, _macos, _windows
from doctor.probes._files import listing, read
from doctor.target import Target

# ARM cores name themselves by number. Source: Arm MIDR_EL1 part numbers as listed by util-linux lscpu-arm.c.
_ARM_CORES = {
    ("0x41", "0xd03"): "ARM Cortex-A53",
    ("0x41", "0xd07"): "ARM Cortex-A57",
    ("0x41", "0xd08"): "ARM Cortex-A72",
    ("0x41", "0xd0b"): "ARM Cortex-A76",
    ("0x41", "0xd0c"): "ARM Neoverse-N1",
    ("0x41", "0xd40"): "ARM Neoverse-V1",
    ("0x41", "0xd42"): "ARM Cortex-A78AE",
    ("0x41", "0xd49"): "ARM Neoverse-N2",
    ("0x41", "0xd4f"): "ARM Neoverse-V2",
    ("0x41", "0xd83"): "ARM Neoverse-V3AE",
    ("0x41", "0xd84"): "ARM Neoverse-V3",
    ("0x41", "0xd85"): "ARM Cortex-X925",
    ("0x41", "0xd87"): "ARM Cortex-A725",
    ("0x4e", "0x003"): "NVIDIA Denver 2",
    ("0x4e", "0x004"): "NVIDIA Carmel",
    ("0xc0", "0xac3"): "Ampere-1",
    ("0xc0", "0xac4"): "Ampere-1a",
}


_FLAGS = ("flags", "Features", "features", "isa")  # x86, ARM, s390x, RISC-V


def probe(_target: Target) -> Cpu:
    if sys.platform == "darwin":
        return _macos.cpu(_macos.sysctl())
    if sys.platform == "win32":
        return _windows.cpu(_windows.processor(), _windows.processor_features(), *_core_counts())
    return linux(affinity=_affinity())


def linux(root: Path = Path("/"), affinity: int | None = None) -> Cpu:
    """From `/proc/cpuinfo`, `/sys/devices/system/cpu` and the control groups."""
    blocks = parse_cpuinfo(read(root / "proc/cpuinfo"))
    cpus = root / "sys/devices/system/cpu"
    return Cpu(
        model=model(blocks),
        flags=flags(blocks),
        logical=_range_size(read(cpus / "online")) or sum("processor" in block for block in blocks) or os.cpu_count(),
        physical=_physical_cores(cpus) or _physical_cores_of(blocks),
        affinity=affinity,
        quota_cores=_cgroup.cpu_quota(root),
    )


def parse_cpuinfo(text: str) -> list[dict[str, str]]:
    """`/proc/cpuinfo` as one dict a block; keys as the kernel writes them."""
    blocks = []
    for part in re.split(r"\n\s*\n", text):
        pairs = [line.partition(":") for line in part.splitlines() if ":" in line]
        if pairs:
            blocks.append({key.strip(): value.strip() for key, _, value in pairs})
    return blocks


def model(blocks: list[dict[str, str]]) -> str | None:
    """The processor's name: x86 writes it, POWER calls it "cpu", ARM gives numbers."""
    merged = {key: value for block in reversed(blocks) for key, value in block.items()}
    for key in ("model name", "cpu", "cpu model", "uarch", "Processor", "Hardware"):
        if merged.get(key):
            return " ".join(merged[key].split())
    names = dict.fromkeys(
        _arm_core(block["CPU implementer"], block.get("CPU part", "?"))
        for block in blocks
        if "CPU implementer" in block
    )
    return " + ".join(names) or None


def _arm_core(implementer: str, part: str) -> str:
    return _ARM_CORES.get((implementer.lower(), part.lower()), f"ARM implementer {implementer} part {part}")


def flags(blocks: list[dict[str, str]]) -> tuple[str, ...] | None:
    """Instruction-set flags that every core has, lower case, in the kernel's order; None when the kernel names none."""
    named = [block[key].lower().split() for block in blocks for key in _FLAGS if key in block]
    if not named:
        return None
    common = set.intersection(*map(set, named))
    return tuple(dict.fromkeys(flag for flag in named[0] if flag in common))


def _physical_cores(cpus: Path) -> int | None:
    """Cores by their sets of hardware threads."""
    for name in ("core_cpus_list", "thread_siblings_list"):
        cores = {read(path) for path in listing(cpus, f"cpu[0-9]*/topology/{name}")} - {""}
        if cores:
            return len(cores)
    return None


def _physical_cores_of(blocks: list[dict[str, str]]) -> int | None:
    cores = {(block.get("physical id"), block["core id"]) for block in blocks if "core id" in block}
    return len(cores) or None


def _range_size(text: str) -> int:
    """Members of a list such as "0-3,8"; 0 when it is no such list."""
    if not re.fullmatch(r"\d{1,9}(-\d{1,9})?(,\d{1,9}(-\d{1,9})?)*", text):
        return 0
    ends = [part.partition("-") for part in text.split(",")]
    return sum(int(last or first) - int(first) + 1 for first, _, last in ends)


def _affinity() -> int | None:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None


def _core_counts() -> tuple[int | None, int | None, int | None]:
    """Logical cores, physical cores, and those this process may run on."""
    import psutil

    return psutil.cpu_count(), psutil.cpu_count(logical=False), len(psutil.Process().cpu_affinity() or ()) or None

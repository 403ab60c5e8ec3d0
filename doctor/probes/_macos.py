"""What macOS tells through `sysctl` and `sw_vers`; parsing apart from asking, so that it is tested anywhere."""

from __future__ import annotations

import struct
from functools import cache

from doctor.facts import Cpu
from doctor.files import regular
from doctor.process import run
from doctor.text.numbers import whole

_NAMES = (
    "machdep.cpu.brand_string machdep.cpu.features machdep.cpu.leaf7_features hw.optional hw.physicalcpu hw.logicalcpu"
    " hw.model sysctl.proc_translated kern.hv_vmm_present kern.osrelease"
)
_MACHO_64 = 0xFEEDFACF
_CPU_X86_64 = 0x01000007


@cache
def sysctl() -> dict[str, str]:
    """Kernel values by name. Names this macOS does not know are left out."""
    return parse_sysctl(run(["/usr/sbin/sysctl", *_NAMES.split()], timeout_s=5).stdout)


@cache
def version() -> str:
    """ "14.5"; asked in a way that is not answered with "10.16" for old programs' sake."""
    env = {"SYSTEM_VERSION_COMPAT": "0"}
    return parse_sw_vers(run(["/usr/bin/sw_vers"], timeout_s=5, env=env).stdout).get("ProductVersion", "")


def parse_sysctl(text: str) -> dict[str, str]:
    """ "name: value" lines."""
    pairs = [line.partition(": ") for line in text.splitlines() if ": " in line]
    return {name.strip(): value.strip() for name, _, value in pairs}


def parse_sw_vers(text: str) -> dict[str, str]:
    """ "ProductVersion:\\t\\t14.5" lines."""
    pairs = [line.partition(":") for line in text.splitlines() if ":" in line]
    return {name.strip(): value.strip() for name, _, value in pairs}


def cpu(values: dict[str, str]) -> Cpu:
    return Cpu(
        model=values.get("machdep.cpu.brand_string"),
        flags=flags(values),
        logical=_number(values.get("hw.logicalcpu")),
        physical=_number(values.get("hw.physicalcpu")),
    )


def flags(values: dict[str, str]) -> tuple[str, ...] | None:
    """Names as Linux writes them: "SSE4.1" is sse4_1, "AVX1.0" is avx, `hw.optional.neon: 1` is neon."""
    words = f"{values.get('machdep.cpu.features', '')} {values.get('machdep.cpu.leaf7_features', '')}".lower().split()
    named = ["avx" if word == "avx1.0" else word.replace(".", "_") for word in words]
    optional = [name.rpartition(".")[2] for name, value in values.items() if _is_on(name, value)]
    named += [name.removeprefix("FEAT_").lower().replace("avx1_0", "avx") for name in optional]
    return tuple(dict.fromkeys(named)) or None


def _is_on(name: str, value: str) -> bool:
    return name.startswith("hw.optional.") and value == "1"


def is_apple_silicon(values: dict[str, str]) -> bool:
    return values.get("hw.optional.arm64") == "1" or values.get("machdep.cpu.brand_string", "").startswith("Apple")


def is_translated(values: dict[str, str], executable_head: bytes) -> bool:
    """Rosetta translates this process, or would translate the target: x86_64 code alone on Apple silicon."""
    if not is_apple_silicon(values):
        return False
    return _is_x86_64_only(executable_head) or values.get("sysctl.proc_translated") == "1"


def _is_x86_64_only(head: bytes) -> bool:
    if len(head) < 8:
        return False
    magic, kind = struct.unpack("<II", head[:8])
    return bool(magic == _MACHO_64 and kind == _CPU_X86_64)


def head_of(executable: str) -> bytes:
    """The first bytes of a program, which name the processor it is for; b"" when it cannot be read."""
    try:
        return regular.read(executable, 64)
    except OSError:
        return b""


def _number(text: str | None) -> int | None:
    return whole(text) if text else None

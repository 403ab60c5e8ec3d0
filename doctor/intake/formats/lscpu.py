"""`lscpu`, in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.intake.keyed import facts_of
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "`lscpu`"
WITNESS = Witness.SYSTEM
OPENS = ""
_NAMES = {
    "architecture": "Architecture,架构,Architektur",
    "cpu(s)": "CPU(s),CPU,处理器",
    "core(s) per socket": "Core(s) per socket,每个座的核数,Kern(e) pro Sockel",
    "socket(s)": "Socket(s),座,Sockel",
    "model name": "Model name,型号名称,Modellname",
    "flags": "Flags,标记,Markierungen",
    "hypervisor vendor": "Hypervisor vendor,超管理器厂商",
}
LEFT_OUT = (
    r"\s*(?:CPU op-mode\(s\)|Address sizes|Byte Order|O(?:n|ff)-line CPU\(s\) list|Vendor ID|BIOS [\w ]+|CPU family"
    r"|Model|Thread\(s\) per core|Core\(s\) per cluster|Cluster\(s\)|Stepping|Frequency boost|CPU(?:\(s\))? [\w ]*MHz"
    r"|BogoMIPS|Virtualization(?: features| type)?|L[1-3][di]?(?: cache)?|NUMA[\w() ]*|Vulnerabilit[^:]{1,60}"
    r"|Caches \(sum of all\)):",
    r"\s*(?:CPU 运行模式|地址大小|字节序|在线 CPU 列表|每个核的线程数|厂商 ID|BIOS [^:]+|CPU 系列|型号|步进"
    r"|虚拟化(?:类型)?|CPU [^:]{0,8}MHz|L[1-3][di]? 缓存|NUMA [^:]+|漏洞):",
    r"\s{2,}(?:Gather|Itlb|L1tf|Mds|Meltdown|Mmio|Reg file|Retbleed|Spec|Spectre|Srbds|Tsx|Ghostwrite|Indirect|Old)\b",
)
_KEYS = {key: name for name, keys in _NAMES.items() for key in keys.split(",")}
_HEAD = re.compile(r"\s*(?:Architecture|架构|Architektur):\s")
_VALUE = re.compile(r"\s*([^:\s][^:]{0,30}):\s*(\S.*)$")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    """One list; it ends where a line has none of its keys."""
    start = next((index for index, line in enumerate(lines) if _HEAD.match(line) and _goes_on(lines, index)), None)
    if start is None:
        return {}, set()
    raw, used, rest = dict[str, str](), set[int](), re.compile("|".join(LEFT_OUT))
    for index, line in enumerate(lines[start:], start):
        found = _VALUE.match(line)
        name = _KEYS.get(found[1].strip()) if found else None
        if not name and not rest.match(line):
            break
        used.add(index)
        if name and found:
            raw.setdefault(name, found[2].strip())
    return facts_of(raw), used


def _goes_on(lines: Sequence[str], index: int) -> bool:
    return any(
        re.match(r"\s*(?:CPU op-mode|CPU 运行模式|CPU\(s\):|字节序|Byte Order)", line)
        for line in lines[index : index + 3]
    )

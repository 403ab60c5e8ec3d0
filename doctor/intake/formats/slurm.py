"""`scontrol show node`: what Slurm's administrator configured for a node; a job may be given less, or another node."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from doctor.catalog import gpu as model_of
from doctor.facts import Amd, AmdGpu, Cpu, Gpu, Host, Memory, Nvidia
from doctor.intake.keyed import stretch
from doctor.intake.merge import Partial
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness
from doctor.text.numbers import whole

TITLE = "`scontrol show node`"
WITNESS = Witness.SYSTEM
OPENS = r"^NodeName=\S+ .*CoresPerSocket="
LEFT_OUT = (r"\s+[A-Z]\w+=",)
_GRES = re.compile(r"\bGres=gpu:([a-zA-Z][\w.-]*):(\d{1,2})\b")
_OS = re.compile(r"\bOS=Linux (\d\S+) ")
_MAX_GPUS = 64


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    start = next((index for index, line in enumerate(lines) if re.match(OPENS, line)), None)
    if start is None:
        return {}, set()
    block = stretch(lines, start, LEFT_OUT[0])
    text = "\n".join(lines[block.start : block.stop])
    kernel = _OS.search(text)
    host = Host(os="linux", kernel=kernel[1] if kernel else None, architecture=_word(text, "Arch"))
    memory, processors = whole(_word(text, "RealMemory") or ""), whole(_word(text, "CPUTot") or "")
    facts = {
        "host": host,
        "cpu": Cpu(logical=processors),
        "memory": Memory(total_bytes=memory << 20 if memory else None),
        **_gpus(text),
    }
    return known_sections(facts), set(block)


def _word(text: str, key: str) -> str | None:
    found = re.search(rf"\b{key}=([\w-]{{1,20}})\b", text)
    return found[1] if found else None


def _gpus(text: str) -> Partial:
    """The type is the administrator's word, which need not name a model."""
    found = _GRES.search(text)
    name = re.sub(r"[_-]", " ", found[1]).removeprefix("nvidia ") if found else ""
    count = min(int(found[2]), _MAX_GPUS) if found else 0
    if re.match(r"mi\d{2,3}", name):
        return {"amd": Amd(gpus=tuple(AmdGpu(f"AMD Instinct {name.upper()}", None, i) for i in range(count)))}
    row = model_of(name) if name else None
    if row is None or not count:
        return {}
    gpu = Gpu(name=f"NVIDIA {row.model}")
    return {"nvidia": Nvidia(pci_gpus=tuple(msgspec.structs.replace(gpu, index=i) for i in range(count)))}

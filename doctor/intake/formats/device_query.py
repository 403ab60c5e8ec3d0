"""`deviceQuery` of the CUDA samples: what the CUDA run-time sees, one block a device."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from doctor.facts import Gpu, Nvidia
from doctor.intake.keyed import stretch
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness
from doctor.text.nvidia_smi import is_mobile

TITLE = "`deviceQuery`"
WITNESS = Witness.DRIVER
OPENS = r"CUDA Device Query \(Runtime API\)"
LEFT_OUT = (
    r"\S*deviceQuery\S* Starting\.\.\.",
    r" ?CUDA Device Query \(Runtime API\)",
    r"(?:Detected|There (?:is|are)) \d+ (?:CUDA Capable )?devices?",
    r"  (?:Maximum |CUDA Driver Version|[A-Z(].{3,80}?(?:: |:$))",
    r"     < .* >$",
    r"(?:> )?Peer(?:-to-Peer)? \w+ ",
    r"deviceQuery, CUDA Driver = ",
    r"Result = PASS",
)
_DEVICE = re.compile(r"Device (\d{1,3}): \"(.{3,60})\"$")
_CUDA = re.compile(r"\s*CUDA Driver Version(?: / Runtime Version|:)\s+(\d+\.\d+)")
_CAPABILITY = re.compile(r"\s*CUDA Capability Major(?:/Minor version| revision) number:\s+(\d+(?:\.\d)?)$")
_MINOR = re.compile(r"\s*CUDA Capability Minor revision number:\s+(\d)$")
_MEMORY = re.compile(r"\s*Total amount of global memory:.*?(\d{8,15}) bytes")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    opening = next((index for index, line in enumerate(lines) if re.search(OPENS, line)), None)
    if opening is None:
        return {}, set()
    gpus, cuda = list[Gpu](), None
    block = stretch(lines, opening, "|".join((_DEVICE.pattern, *LEFT_OUT)), LEFT_OUT[0])
    for line in lines[block.start : block.stop]:
        if device := _DEVICE.match(line):
            gpus.append(Gpu(device[2], int(device[1]), mobile=is_mobile(device[2])))
        elif gpus:
            gpus[-1] = msgspec.structs.replace(gpus[-1], **_detail(line, gpus[-1]))
        if cuda is None and (version := _CUDA.match(line)):
            cuda = version[1]
    told = Nvidia(cuda_version=cuda, gpus=tuple(gpus) or None, gpus_source="libcuda" if gpus else "")
    return ({"nvidia": told} if gpus else {}), set(block)


def _detail(line: str, gpu: Gpu) -> dict[str, object]:
    if found := _CAPABILITY.match(line):
        return {"compute_capability": found[1]}
    if found := _MINOR.match(line):
        return {"compute_capability": f"{gpu.compute_capability}.{found[1]}"}
    found = _MEMORY.match(line)
    return {"memory_bytes": int(found[1])} if found else {}

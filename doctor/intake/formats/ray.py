"""`ray status` and `ray.cluster_resources()`: what Ray's nodes offer. Of one node that is the machine."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.intake.devices import ListedGpu, facts_of_devices
from doctor.intake.keyed import stretch
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "`ray status`"
WITNESS = Witness.SYSTEM
OPENS = r"^=+ (?:Autoscaler|Cluster) status: "
LEFT_OUT = (
    r"-{10,}$|Node status$|Resources$|From request_resources:|\s+\((?:no [\w ]+|none)\)$|\s+\d+ (?:node_)?[\w.-]+$",
    r"(?:Active|Idle|Healthy|Pending|Recent failures|(?:Total |Pending )?(?:Usage|Demands|Constraints)):",
    r"\s+[\d.]++\w*+/[\d.]++\w*+ (?:GiB )?[\w:.-]++(?: \(.*\))?$",
)
_NODE = re.compile(r"\s+(\d{1,4}) (?:node_)?[\w.-]+$")
_OFFERED = re.compile(r"\s+[\d.]+/(?P<number>\d{1,4})\.0 (?:(?P<gpu>GPU)|accelerator_type:(?P<type>[A-Z]\d{1,3}\w*))\b")
_RESOURCES = re.compile(r"^\W{0,4}\{.*'node:[^']{3,60}': ")
_TYPE = re.compile(r"'accelerator_type:([A-Z]\d{1,3}\w*+)[\w-]*': ")
_MAX_GPUS = 16  # of one machine


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    start = next((index for index, line in enumerate(lines) if re.match(OPENS, line)), None)
    if start is not None:
        block = stretch(lines, start, "|".join(LEFT_OUT))
        return _facts(*_status([lines[index] for index in block])), set(block)
    for index, line in enumerate(lines):
        if _RESOURCES.match(line[:4000]):
            gpus = re.search(r"'GPU': (\d{1,4})\.0", line)
            nodes = len(re.findall(r"'node:(?!__internal)", line))
            return _facts(nodes, int(gpus[1]) if gpus else 0, set(_TYPE.findall(line))), {index}
    return {}, set()


def _status(block: Sequence[str]) -> tuple[int, int, set[str]]:
    """Nodes, GPUs, and the types of GPUs."""
    nodes = sum(int(match[1]) for match in map(_NODE.match, block) if match)
    offered = [match for match in map(_OFFERED.match, block) if match]
    gpus = next((int(match["number"]) for match in offered if match["gpu"]), 0)
    return nodes, gpus, {match["type"] for match in offered if match["type"]}


def _facts(nodes: int, gpus: int, types: set[str]) -> Partial:
    """Ray names the model without its memory and form."""
    if nodes != 1 or len(types) != 1 or not 0 < gpus <= _MAX_GPUS:
        return {}
    return facts_of_devices([ListedGpu(f"NVIDIA {next(iter(types))}")] * gpus, source="ray")

"""Weights & Biases' `wandb-metadata.json`: what a run found of its machine, in the layouts of old and new clients."""

from __future__ import annotations

from collections.abc import Sequence

from doctor.facts import Nvidia
from doctor.intake.devices import ListedGpu, facts_of_devices
from doctor.intake.json_lines import JsonLine, documents
from doctor.intake.keyed import facts_of
from doctor.intake.merge import Partial, merge
from doctor.intake.witness import Witness

TITLE = "Weights & Biases' `wandb-metadata.json`"
WITNESS = Witness.SYSTEM
OPENS = r'^\s*"startedAt":'
LEFT_OUT: tuple[str, ...] = ()
_LISTS = ("gpu_nvidia", "gpu_amd", "gpu_devices")  # of one object a GPU
_MOST_GPUS = 64


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    facts: Partial = {}
    used: set[int] = set()
    for document in documents(lines, "startedAt"):
        told = {entry.key: entry.value for entry in document if len(entry.path) == 0 and entry.value}
        if "executable" not in told or "os" not in told:
            continue
        python = (told.get("python") or "").removeprefix("CPython ")
        facts = merge(facts, facts_of({"python platform": told["os"] or "", "python version": python}))
        facts = merge(facts, facts_of_devices(_devices(document, told.get("gpu"), told.get("gpu_count")), "nvidia-smi"))
        if cuda := told.get("cudaVersion"):
            facts = merge(facts, {"nvidia": Nvidia(cuda_version=cuda)})
        used |= {entry.line for entry in document}
    return facts, used


def _devices(document: Sequence[JsonLine], name: str | None, count: str | None) -> list[ListedGpu]:
    """Each GPU with its memory, where the client lists them; else as often as it counted."""
    listed: list[ListedGpu] = []
    for entry in document:
        if not entry.value or not entry.path or entry.path[-1] not in _LISTS:
            continue
        if entry.key == "name":
            listed.append(ListedGpu(entry.value))
        elif entry.key in ("memoryTotal", "memory_total") and listed and entry.value.isdecimal():
            listed[-1] = listed[-1]._replace(memory_bytes=int(entry.value))
    if listed or not name:
        return listed[:_MOST_GPUS]
    number = int(count) if count and count.isdecimal() else 1
    return [ListedGpu(name)] * min(number, _MOST_GPUS)

"""`nvidia-smi -q`: an indented list of "Key : value" lines under headings, one block a GPU."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Gpu, Nvidia
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness
from doctor.text.nvidia_smi import bytes_of, number_of, switch_of, value_of

TITLE = "`nvidia-smi -q` and its CSV"
WITNESS = Witness.DRIVER
OPENS = ""
LEFT_OUT: tuple[str, ...] = ()

_LOG = re.compile(r"=+NVSMI LOG=+|^\s*Attached GPUs\s*:\s*\d+", re.IGNORECASE)
_GPU = re.compile(r"^GPU [0-9A-Fa-f]{4,8}:[0-9A-Fa-f:.]+")
_LINE = re.compile(r"^(\s*)(\S[^:]{0,60}?)\s*(?::\s?(.*))?$")
Values = dict[str, str]  # "heading/key" and "key" -> value


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    """The NVIDIA facts of a query, and the indexes of its lines."""
    start = next((i for i, line in enumerate(lines) if _LOG.search(line)), None)
    if start is None:
        return {}, set()
    blocks, used = _blocks(lines, start)
    head = blocks[0]
    gpus = tuple(gpu for number, block in enumerate(blocks[1:]) if (gpu := _gpu(block, number)))
    cuda = head.get("cuda umd version") or head.get("cuda version")
    facts = Nvidia(
        driver_version=_version(head.get("kmd version") or head.get("driver version")),
        cuda_version=None if cuda is None else _version(cuda) or "",
        gpus=gpus or (() if head.get("attached gpus") == "0" else None),
        gpus_source="nvidia-smi",
        persistence=switch_of(blocks[-1].get("persistence mode")),
    )
    return {"nvidia": facts}, used


def _blocks(lines: Sequence[str], start: int) -> tuple[list[Values], set[int]]:
    """Values before the first GPU, then those of each GPU."""
    blocks: list[Values] = [{}]
    used: set[int] = set()
    headings: list[tuple[int, str]] = []
    for index, line in enumerate(lines[start:], start):
        if not line.strip() or _LOG.match(line):
            used.add(index)
        if _GPU.match(line):
            blocks.append({})
            headings = []
            used.add(index)
            continue
        found = _LINE.match(line)
        if not found or (found[3] is None and not found[1]):
            if line.strip() and not _LOG.search(line):
                break
            continue
        used.add(index)
        _store_value(blocks[-1], headings, found)
    return blocks, used


def _store_value(block: Values, headings: list[tuple[int, str]], found: re.Match[str]) -> None:
    depth, key, value = len(found[1]), found[2].lower(), found[3]
    while headings and headings[-1][0] >= depth:
        headings.pop()
    if value is None:
        headings.append((depth, key))
        return
    block.setdefault(key, value.strip())
    if headings:
        block.setdefault(f"{headings[-1][1]}/{key}", value.strip())


def _gpu(block: Values, number: int) -> Gpu | None:
    name = block.get("product name")
    if not name:
        return None
    return Gpu(
        name=name,
        index=number,
        memory_bytes=bytes_of(block.get("fb memory usage/total")),
        memory_free_bytes=bytes_of(block.get("fb memory usage/free")),
        mig=switch_of(block.get("mig mode/current")),
        ecc=switch_of(block.get("ecc mode/current")),
        compute_mode=value_of(block.get("compute mode")),
        temperature_celsius=number_of(block.get("gpu current temp")),
        pcie_generation=number_of(block.get("pcie generation/current")),
        pcie_generation_max=number_of(block.get("pcie generation/max")),
        pcie_width=number_of(block.get("link width/current")),
        pcie_width_max=number_of(block.get("link width/max")),
        throttle_reasons=_reasons(block),
        row_remap_failure=_yes_or_no(block.get("remapping failure occurred")),
        ecc_errors=number_of(block.get("volatile/dram uncorrectable")),
    )


def _version(value: str | None) -> str | None:
    """The version alone: newer releases add a remark to labels that are going away."""
    found = re.match(r"\d+(?:\.\d+)+", value or "")
    return found[0] if found else None


def _reasons(block: Values) -> tuple[str, ...]:
    return tuple(
        sorted(
            key.partition("/")[2]
            for key, value in block.items()
            if value == "Active" and re.match(r"clocks (?:event|throttle) reasons/", key) and not key.endswith("/idle")
        )
    )


def _yes_or_no(value: str | None) -> bool | None:
    return {"yes": True, "no": False}.get((value or "").lower())

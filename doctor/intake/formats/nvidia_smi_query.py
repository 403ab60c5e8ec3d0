"""`nvidia-smi -q`, an indented list of "Key : value" lines under headings, one block a GPU; `--query-gpu` as CSV."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from doctor.facts import Nvidia
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness
from doctor.text.nvidia_smi import csv_rows, gpu_of, number_of, switch_of, value_of

TITLE = "`nvidia-smi -q` and its CSV"
WITNESS = Witness.DRIVER
OPENS = ""
LEFT_OUT: tuple[str, ...] = ()

_LOG = re.compile(r"=NVSMI LOG=|^\s*Attached GPUs\s*:\s*\d+", re.IGNORECASE)
_HEAD = re.compile(r"(?:Timestamp|(?:Driver|KMD|CUDA|CUDA UMD) Version|Attached GPUs)\s*:")
_GPU = re.compile(r"^GPU [0-9A-Fa-f]{4,8}:[0-9A-Fa-f:.]+")
_LINE = re.compile(r"^(\s*)(\S[^:]{0,60}?)\s*(?::\s?(.*))?$")
_ASKED = re.compile(r"--query-gpu[= ]([\w.,]+).{0,40}--format[= ]csv\S{0,40}noheader")
_TITLES = re.compile(r"^(?:[a-z_]+(?:\.[a-z_]+)*(?: \[[\w/%]+\])?(?:, |$)){2,}")
_FIELDS = {  # of the CSV -> heading and key of the log
    "name": "product name",
    "memory.total": "fb memory usage/total",
    "memory.free": "fb memory usage/free",
    "mig.mode.current": "mig mode/current",
    "ecc.mode.current": "ecc mode/current",
    "compute_mode": "compute mode",
    "temperature.gpu": "gpu current temp",
    "pcie.link.gen.current": "pcie generation/current",
    "pcie.link.gen.max": "pcie generation/max",
    "pcie.link.width.current": "link width/current",
    "pcie.link.width.max": "link width/max",
    "ecc.errors.uncorrected.volatile.total": "volatile/dram uncorrectable",
    "pci.device_id": "pci/device id",
}
Values = dict[str, str]  # "heading/key" and "key" -> value


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    """The NVIDIA facts of a query, and the indexes of its lines."""
    start = next((i for i, line in enumerate(lines) if _LOG.search(line)), None)
    if start is None:
        return _csv(lines)
    blocks, used = _blocks(lines, start)
    head = blocks[0]
    told = ((_row(block), _more(block)) for block in blocks[1:])
    gpus = tuple(
        msgspec.structs.replace(gpu_of(row, number), **more) for number, (row, more) in enumerate(told) if "name" in row
    )
    cuda = head.get("cuda umd version") or head.get("cuda version")
    facts = Nvidia(
        driver_version=_version(head.get("kmd version") or head.get("driver version")),
        cuda_version=None if cuda is None else _version(cuda) or "",
        gpus=gpus or (() if head.get("attached gpus") == "0" else None),
        gpus_source="nvidia-smi",
        persistence=switch_of(blocks[-1].get("persistence mode")),
    )
    return {"nvidia": facts}, used


def _csv(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    """The rows below the names of their fields, or below the command that asked for them without names."""
    for index, line in enumerate(lines):
        asked = _ASKED.search(line)
        titles = asked[1].split(",") if asked else []
        if not titles and not _TITLES.match(line):
            continue
        count = line.count(",") if not asked else len(titles) - 1
        end = index + 1
        while end < len(lines) and lines[end].count(",") == count and "[" not in lines[end][:1]:
            end += 1
        rows = csv_rows("\n".join(lines[index + bool(asked) : end]), titles)
        gpus = tuple(gpu_of(row, number) for number, row in enumerate(rows) if "name" in row)
        driver = rows[0].get("driver_version") if rows else None
        if gpus or driver:
            facts = Nvidia(driver_version=driver, gpus=gpus or None, gpus_source="nvidia-smi" if gpus else "")
            return {"nvidia": facts}, set(range(index, end))
    return {}, set()


def _blocks(lines: Sequence[str], start: int) -> tuple[list[Values], set[int]]:
    """Values before the first GPU, then those of each GPU."""
    blocks: list[Values] = [{}]
    used: set[int] = set()
    headings: list[tuple[int, str]] = []
    for index, line in enumerate(lines[start:], start):
        if not line.strip() or _LOG.search(line):
            used.add(index)
        if _GPU.match(line):
            blocks.append({})
            headings = []
            used.add(index)
            continue
        found = _LINE.match(line)
        if not found or (not found[1] and (found[3] is None or not _HEAD.match(line))):
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


def _row(block: Mapping[str, str]) -> Values:
    told = ((field, value_of(block.get(key))) for field, key in _FIELDS.items())
    return {field: value for field, value in told if value}


def _more(block: Values) -> dict[str, object]:
    """What only the log has."""
    retired = (number_of(block.get(f"{kind} ecc/count")) for kind in ("single bit", "double bit"))
    known = [count for count in retired if count is not None]
    failed = {"yes": True, "no": False}.get(block.get("remapping failure occurred", "").lower())
    return {
        "throttle_reasons": _reasons(block),
        "row_remap_failure": failed,
        "retired_pages": sum(known) if known else None,
    }


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

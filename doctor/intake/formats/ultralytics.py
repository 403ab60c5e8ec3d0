"""Ultralytics: the line with which YOLO begins its work, of YOLOv5 and its kin too, and the table of `yolo checks`.

"CPU" in that line is the device that was chosen, which says nothing about CUDA. The table's "Install" is how YOLO was
installed, and its "CUDA" is torch's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, islice

from doctor.intake.formats.pip_list import normalised_name
from doctor.intake.keyed import PACKAGE, TORCH, blocks, columns, facts_of, left_out, pairs_within, values_of
from doctor.intake.merge import Partial, is_same_or_shorter, merge
from doctor.intake.witness import Witness

TITLE = "Ultralytics' `yolo checks`"
WITNESS = Witness.PROGRAM
OPENS = r"^(?:\W{0,12}|.{0,200}[\"“`])(?:Ultralytics (?:YOLO)?v?\d|YOLO\w{0,5} .{0,40}\btorch[- ]\d)"
LEFT_OUT = ("(?:Environment|Install|Path|Disk|GPU count)\\s{3,}",)

_BANNER = re.compile(
    r"^(?:\W{0,12}|.{0,200}[\"“`])"
    r"(?:Ultralytics (?:YOLO)?v?(?P<version>\d+\.\d[\w.]*)|YOLO\w{0,5}|Using)\b(?P<between>.{0,60}?)"
    r"\btorch[- ](?P<torch>\d+\.\d[\w.+]*)\s*(?P<device>(?:CUDA:\d|CPU|MPS)\b[^\"”`]{0,120})?[\"”`]?$"
)
_PYTHON = re.compile(r"\bPython-(3\.\d[\w.]*)")
_DEVICE = re.compile(r"^\s*(CUDA:\d{1,2}|CPU|MPS)(?: \((\S.{0,100})\))?\s*$")
_READY = re.compile(r"^\W*Setup complete\b.{0,10}\((\d{1,4}) CPUs, (\d[\d.]* GB) RAM\b")
_TABLE = r"^OS {10,}[^\s:]"
_KEYS = {
    "os": "python platform",
    "python": "python version",
    "ram": "system ram",
    "cpu": "model name",
    "cpu count": "cpu(s)",
    "gpu": "gpu models and configuration",
    "cuda": "cuda used to build pytorch",
    "torch": TORCH,
}
_NAME = re.compile(r"[a-z][\w.-]{1,60}")
_INSTALLED = re.compile(r"^(?:[✅❌]\s*)?(\d[\w.+-]*)(?=[<>=!~,;\s]|$)")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    facts, used = _banners(lines)
    for block in blocks(lines, _TABLE):
        raw, taken = values_of(lines, _KEYS, block, columns)
        raw |= _packages(lines, block, taken)
        if cuda := raw.get("cuda used to build pytorch"):
            raw["is cuda available"] = str(cuda != "None")
        if cuda == "None":
            del raw["cuda used to build pytorch"]  # it does not say what torch was built with
        facts = _agreed(facts, facts_of(raw))
        used |= taken | left_out(lines, LEFT_OUT, block)
    for index, line in enumerate(lines):
        if ready := _READY.match(line):
            facts = merge(facts, facts_of({"cpu(s)": ready[1], "system ram": ready[2]}))
            used.add(index)
    return facts, used


def _agreed(banner: Partial, table: Partial) -> Partial:
    """Both parts; without the torch where they name two, as where two banners do."""
    versions = [version for part in (banner, table) if "torch" in part and (version := part["torch"].version)]
    facts = merge(banner, table)
    if not all(is_same_or_shorter(versions[0], version) for version in versions):
        del facts["torch"]
        facts.pop("runtime", None)
    return facts


def _packages(lines: Sequence[str], block: Iterable[int], taken: set[int]) -> dict[str, str]:
    """ "torchvision   ✅ 0.16.1>=0.9.0": what is installed, and what YOLO asks for."""
    raw = dict[str, str]()
    for index, key, value in pairs_within(lines, block, columns):
        if _NAME.fullmatch(key) and key not in _KEYS and (found := _INSTALLED.match(value)):
            raw[PACKAGE + normalised_name(key)] = found[1]
            taken.add(index)
        elif "(not installed)" in value:
            taken.add(index)
    return raw


def _banners(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    """The facts of all such lines; where they name several torches, which one is at fault is not known."""
    found: list[dict[str, str]] = []
    used: set[int] = set()
    for index, line in enumerate(lines):
        banner = _BANNER.match(line)
        if banner and (banner["device"] or _PYTHON.search(banner["between"])):
            devices = _devices(chain([banner["device"] or ""], islice(lines, index + 1, None)))
            found.append(_software(banner) | _hardware(devices))
            used |= set(range(index, index + max(1, len(devices))))
    told = ("python version", TORCH, "is cuda available", f"{PACKAGE}ultralytics")
    if len({raw[TORCH] for raw in found}) > 1:
        found = [{key: value for key, value in raw.items() if key not in told} for raw in found]
    facts: Partial = {}
    for raw in found:
        facts = merge(facts, facts_of(raw))
    return facts, used


def _software(banner: re.Match[str]) -> dict[str, str]:
    python = _PYTHON.search(banner["between"])
    told = {
        "python version": python and python[1],
        TORCH: banner["torch"],
        f"{PACKAGE}ultralytics": banner["version"],
    }
    return {key: value for key, value in told.items() if value}


def _devices(lines: Iterable[str]) -> list[re.Match[str]]:
    """The device in the line, and those below it, one a line."""
    found: list[re.Match[str]] = []
    for line in lines:
        device = _DEVICE.match(line)
        if device is None or (found and not device[1].startswith("CUDA")):
            break
        found.append(device)
    return found


def _hardware(devices: Sequence[re.Match[str]]) -> dict[str, str]:
    if not devices:
        return {}
    name = devices[0][2] or ""
    if devices[0][1].startswith("CUDA"):
        names = "\n".join(device[2] or "" for device in devices)
        return {"is cuda available": "True", "gpu models and configuration": names}
    return {"model name": name} | ({"mps available": "True"} if devices[0][1] == "MPS" else {})

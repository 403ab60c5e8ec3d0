"""What a program says while it starts: line by line, without times and levels, each of a form of its own.

A form is a regular expression for a whole line. Its named groups say what it tells: a key of `_KEYS`, "package_NAME",
or of a GPU `gpu`, `index`, `count`, `vram` (MiB), `vram_gb`, `vram_bytes`, `arch` ("8, 6") and `gfx`. Where all GPUs
have a line of their own, `gpus`, of a line for them together, is not asked. What a group of `…_available` matched says
that it is, unless it has a "no", "not" or "CPU".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from doctor.intake.devices import ListedGpu, facts_of_devices
from doctor.intake.gpus import MIB
from doctor.intake.keyed import PACKAGE, facts_of, keep_first
from doctor.intake.merge import Partial, merge

_KEYS = {
    "torch": "pytorch version",
    "cuda": "cuda used to build pytorch",
    "hip": "rocm used to build pytorch",
    "cuda_available": "is cuda available",
    "xpu_available": "is xpu available",
    "mps_available": "mps available",
    "directml": "directml device",
    "driver": "nvidia driver version",
    "python": "python version",
    "platform": "python platform",
    "os": "os",
    "mac": "mac os",
    "libc": "libc version",
    "architecture": "architecture",
    "ram": "system ram",
    "nvcc": "cuda runtime version",
}
_PACKAGE = "package_"
_TUPLES = frozenset({"hip", "mac", "arch"})  # printed as "(6, 3)"
_STAMP = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:[\d:.]{2,14} - ?"  # before every piece that is written, several in a line
    r"|^\[?\d{4}-\d\d-\d\d \d\d:\d\d[\d:.,]{0,10}\]?(?: - |: )?|^\d{4}-\d\d-\d\dT[\d:.]{8,18}(?:[+-]\d\d:\d\d ?)?"
    r"|^\d\d:\d\d:\d\d-\d{6} +"
)
_LEVEL = re.compile(
    r"^\s*+(?:\[(?:INFO|DEBUG)\]|(?:INFO|DEBUG) {2,}|(?:Z +|(?<= ))INFO [\w:]{1,60}: |::\[\w+\]::INFO -->)\s*"
)
_MARKS = re.compile(r"^\s*[-*>•]+\s+|\*\*|\s<[-=]{2,}\s*$")  # an arrow points to the line
_WRAPPED = re.compile(r"^ {20,}(?! |INFO|DEBUG|WARNING|ERROR|CRITICAL)")
_MAX = 2000  # characters; no line of these programs is longer
_SIZE = re.compile(r"\d{1,18}(?:\.\d{1,9})?")


class Statement(NamedTuple):
    text: str
    lines: range


def read(
    lines: Sequence[str], known_by: str, forms: Sequence[str], left_out: Sequence[str]
) -> tuple[Partial, set[int]]:
    """The facts that lines of these forms tell, and the lines; nothing where no line is as `known_by` has it."""
    said = statements(tuple(lines))
    known = re.compile(known_by)
    if not any(known.match(one.text) for one in said):
        return {}, set()
    shape = re.compile("|".join(left_out), re.IGNORECASE)
    found, used = told(said, forms)
    return facts_of_told(found), used | {i for one in said if shape.match(one.text) for i in one.lines}


@lru_cache(maxsize=4)  # each program's format asks for the same
def statements(lines: tuple[str, ...]) -> tuple[Statement, ...]:
    """What was said, with what was wrapped as one."""
    said: list[Statement] = []
    for index, line in enumerate(lines):
        if not line.strip() or len(line) > _MAX:
            continue
        if said and _WRAPPED.match(line) and said[-1].lines.stop == index:
            said[-1] = Statement(f"{said[-1].text} {line.strip()}", range(said[-1].lines.start, index + 1))
            continue
        text = _LEVEL.sub("", _STAMP.sub("", line))
        said.append(Statement(re.sub(r"\s+", " ", _MARKS.sub("", text)).strip(), range(index, index + 1)))
    return tuple(said)


def told(said: Iterable[Statement], forms: Sequence[str]) -> tuple[list[dict[str, str]], set[int]]:
    """What each line of one of the forms tells, by the names of its groups, and the lines."""
    shapes = [re.compile(form, re.IGNORECASE) for form in forms]
    found: list[dict[str, str]] = []
    used: set[int] = set()
    for one in said:
        if match := next((m for m in (shape.fullmatch(one.text) for shape in shapes) if m), None):
            used.update(() if one.text.startswith("WARNING") else one.lines)  # it is left to be judged, too
            found.append({name: _tidy(name, value) for name, value in match.groupdict().items() if value})
    return found, used


def _tidy(name: str, value: str) -> str:
    if name in _TUPLES:
        return value.replace(", ", ".")
    if name.endswith("_available"):
        return str(not re.search(r"\b(?:not|no|false|cpu)\b", value, re.IGNORECASE))
    return value.lower() if name == "architecture" else value.strip()


def facts_of_told(found: Sequence[dict[str, str]]) -> Partial:
    raw: dict[str, str] = {}
    devices: dict[str, dict[str, str]] = {}
    apart: dict[str, str] = {}  # what is told of the GPU on other lines than its name
    for one in found:
        for name, value in one.items():
            if key := _KEYS.get(name, f"{PACKAGE}{name[len(_PACKAGE) :]}" if name.startswith(_PACKAGE) else ""):
                keep_first(raw, key.replace("_", "-") if key.startswith(PACKAGE) else key, value)
        if "gpu" in one:
            devices.setdefault(one.get("index") or f"#{len(devices)}", one)
        else:
            apart = {**one, **apart}
    if any("directml" in one for one in found):
        apart.pop("vram", None)  # a number that stands in for it
    together = [{**apart, **one, "gpu": one["gpus"]} for one in found if "gpus" in one][:1]
    details = [{**apart, **one} if len(devices) == 1 else one for one in devices.values()] or together
    listed = [_device(one) for one in details for _ in range(min(int(one.get("count", 1)), 64))]
    return merge(facts_of(raw), facts_of_devices(listed))


def _device(one: dict[str, str]) -> ListedGpu:
    """The GPU. Of one that is not NVIDIA's, torch tells the numbers of its ISA where a capability would stand."""
    return ListedGpu(one["gpu"], _memory(one), one.get("arch"), one.get("gfx"))


def _memory(one: dict[str, str]) -> int | None:
    sizes = {"vram_bytes": 1, "vram": MIB, "vram_gb": 1024 * MIB}
    told = ((one[name], unit) for name, unit in sizes.items() if _SIZE.fullmatch(one.get(name, "")))
    return next((int(float(number) * unit) for number, unit in told), None)

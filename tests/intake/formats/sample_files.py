"""Samples of what people paste: `samples/FORMAT/NAME.txt`, and beside it `NAME.toml` with what has to be read from it.

    source = "where this layout is known from"
    prose = ["lines that a person wrote around it, as regular expressions"]
    [facts]
    "torch.version" = "2.4.0+cu121"
    "nvidia.gpus" = ["NVIDIA GeForce RTX 4090"]         # names; of AMD and Intel likewise
    "packages.numpy" = "1.26.4"
    "variables.CUDA_VISIBLE_DEVICES" = "0"

Of the fields that decide (`FIELDS`) nothing else may be read. Every line of a sample has to be taken by a format.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from doctor.facts import Facts
from doctor.intake.formats import FORMATS
from doctor.intake.recognise import Intake, examine
from doctor.text.clean import plain

FOLDER = Path(__file__).parent / "samples"
FIELDS = {
    "GPU": r"nvidia\.(?:pci_)?gpus|amd\.gpus|intel\.gpus|apple\.chip|host\.jetson",
    "driver": r"nvidia\.driver_version|amd\.rocm_version",
    "torch": r"torch\.version",
    "build": r"torch\.(?:build|cuda_version|hip_version|xpu_version)",
    "CUDA": r"nvidia\.cuda_version|toolkits\.nvcc_version",
    "companions": r"packages\.(?:torchvision|torchaudio|torchtext|torchcodec|triton|xformers)",
    "NumPy": r"packages\.numpy",
    "Python": r"python\.version",
    "OS": r"host\.(?:os|distribution_id|distribution_version|windows_build|wsl)",
}


class Sample(NamedTuple):
    form: str
    name: str
    text: str
    source: str
    prose: tuple[str, ...]
    facts: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.form}/{self.name}"


@cache
def all_samples() -> tuple[Sample, ...]:
    return tuple(_sample(path) for path in sorted(FOLDER.glob("*/*.toml")))


def _sample(path: Path) -> Sample:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    return Sample(path.parent.name, path.stem, text, told["source"], tuple(told.get("prose", ())), told["facts"])


@cache
def read(text: str) -> Intake:
    return examine(text)


def value_at(facts: Facts, place: str) -> Any:
    """The value of "section.field"; lists of GPUs as their names; None where it is not known."""
    section, field = place.split(".", 1)
    struct = getattr(facts, section).value
    if struct is None:
        return None
    if section == "packages":
        return struct.version(field)
    if section == "variables":
        return struct.launched if field == "launched" else struct.values.get(field)
    value = getattr(struct, field)
    return [getattr(entry, "name", entry) for entry in value] if isinstance(value, tuple) else value


def deciding(facts: Facts) -> dict[str, Any]:
    """What was read of the fields that decide, by place; empty values and what is not known left out."""
    places = [
        f"{section}.{field}"
        for section in ("nvidia", "amd", "intel", "apple", "torch", "python", "host", "toolkits")
        if getattr(facts, section).value is not None
        for field in getattr(facts, section).value.__struct_fields__
        if field not in getattr(facts, section).inferred
    ]
    packages = facts.packages.value
    places += [f"packages.{p.name}" for p in packages.installed] if packages else []
    shape = re.compile("|".join(FIELDS.values()))
    read = {place: value_at(facts, place) for place in places if shape.fullmatch(place)}
    return {place: value for place, value in read.items() if value not in (None, [], 0)}


def unread(sample: Sample) -> list[str]:
    """Lines that no format takes and no person wrote."""
    lines = plain(sample.text).split("\n")
    used: set[int] = set()
    for one in FORMATS:
        used |= one.read([line if index not in used else "" for index, line in enumerate(lines)])[1]
    prose = re.compile("|".join(sample.prose) or r"(?!)")
    return [line for index, line in enumerate(lines) if index not in used and line.strip() and not prose.search(line)]

"""From the many ways a GPU is named to a row of the catalog."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from doctor.catalog.data_files import gpus
from doctor.catalog.rows import AmdChip, AmdModel, GpuModel

_MAKER = re.compile(r"\((?:r|tm|c)\)|[®™]|\b(?:nvidia|corporation|inc|amd|ati|advanced micro devices)\b", re.I)
_BRANDS = {"geforce", "tesla", "quadro", "grid", "graphics", "gpu", "generation", "edition", "design", "with", "radeon"}
_BRANDS |= {"instinct", "nvgpu", "tegra"}
_MIG = re.compile(r"\bMIG\b.*$", re.I)
_VGPU = re.compile(r"[DLXS]?-\d+[qcab]$", re.I)  # "A40-48Q", "GRID V100D-8C": a slice of the card before the dash
_PCI = re.compile(r"(?:(?:0x)?10de[:\s-]+)?(?:0x)?([0-9a-f]{4})", re.I)
_FORM = re.compile(
    r"\d+g[bi]?|pcie|sxm\d?|hbm\d\w?|dgxs|fhhl|mobile|laptop|max|q|maxq|rev|lc|active|oem|developer|kit|nvl"
)
_JETSON = {"orin": "Jetson AGX Orin", "xavier": "Jetson AGX Xavier", "thor": "Jetson AGX Thor", "x1": "Jetson TX1"}
_JETSON |= {"x2": "Jetson TX2", "nano": "Jetson Nano"}


def _words(name: str) -> tuple[str, ...]:
    bare = _MAKER.sub(" ", _VGPU.sub("", _MIG.sub("", name).strip())).lower()
    bare = re.sub(r"\b(rtx|gtx|gt|rx)(?=\d)|(?<=\d)(?=(?:ti|super|xtx?)\b)", r"\1 ", bare)
    return tuple(w for w in re.split(r"[^a-z0-9]+", bare) if w and w not in _BRANDS)


@cache
def _index() -> dict[tuple[str, ...], tuple[GpuModel, ...]]:
    found: dict[tuple[str, ...], tuple[GpuModel, ...]] = {}
    for row in gpus().nvidia:
        key = _words(row.model)
        found[key] = (*found.get(key, ()), row)
    return found


def gpu(name: str) -> GpuModel | None:
    """The NVIDIA model of a name ("NVIDIA GeForce RTX 4090", "4090", "Orin") or of a PCI id ("10de:2684", "2684").

    None when it is not known, or when the name fits models of different compute capability.
    """
    if (pci := _PCI.fullmatch(name.strip())) and (row := _by_pci(pci[1].lower())):
        return row
    exact = name.strip().casefold().removeprefix("nvidia ")
    for row in gpus().nvidia:
        if row.model.casefold() == exact:
            return row
    words = _words(name)
    return _by_words(words) if words else None


def jetson(board: str) -> GpuModel | None:
    """The model of a Jetson by the chip in the name of its board: "NVIDIA Jetson Orin Nano Developer Kit"."""
    chip = next((name for name in _JETSON if re.search(rf"(?<![a-z\d])t?{name}", board, re.I)), None)
    return gpu(_JETSON[chip]) if chip else None


def _by_pci(device: str) -> GpuModel | None:
    return next((row for row in gpus().nvidia if device in row.pci_ids), None)


def _by_words(words: tuple[str, ...]) -> GpuModel | None:
    index = _index()
    if words[-1] in _JETSON and len(words) <= 2 and words[:-1] in ((), ("jetson",), ("agx",)):
        return gpu(_JETSON[words[-1]])
    essential = tuple(w for w in words if not _FORM.fullmatch(w))
    for candidates in (
        index.get(words, ()),
        index.get(essential, ()),
        _rows(key for key in index if key[: len(words)] == words),
        _longest_beginning(essential),
        _rows(key for key in index if essential and essential[0].isdigit() and set(essential) <= set(key)),
    ):
        if candidates:
            return _only_model(candidates)
    return None


def _rows(keys: Iterable[tuple[str, ...]]) -> tuple[GpuModel, ...]:
    return tuple(row for key in keys for row in _index()[key])


def _longest_beginning(words: tuple[str, ...]) -> tuple[GpuModel, ...]:
    """A model whose whole name begins this one: "RTX 4070 Ti SUPER X" is an RTX 4070 Ti SUPER."""
    for length in range(len(words), 0, -1):
        rows = _index().get(words[:length], ())
        if rows and any(ch.isdigit() for ch in "".join(words[:length])):
            return rows
    return ()


def _only_model(rows: tuple[GpuModel, ...]) -> GpuModel | None:
    capabilities = {row.capability for row in rows}
    return rows[0] if len(capabilities) == 1 else None


@cache
def _amd_index() -> tuple[tuple[frozenset[str], AmdModel], ...]:
    rows = [(frozenset(_words(part)), row) for row in gpus().amd for part in _amd_names(row.model)]
    return tuple(sorted(rows, key=lambda item: len(item[0])))


def _amd_names(model: str) -> list[str]:
    """A name and what stands in its parentheses: "Radeon RX 9070 XT (Navi 48)"; sizes in parentheses are dropped."""
    outside = re.sub(r"\([^)]{0,200}\)", "", model)
    return [outside, *(p for p in re.findall(r"\(([^)]{0,200})\)", model) if not p.endswith("GB"))]


def amd_gfx(name: str) -> str | None:
    """The gfx target of an AMD name ("Radeon RX 7900 XTX", "MI300X", "Navi 31 [Radeon RX 7900 XT/7900 XTX]")."""
    if target := re.search(r"\bgfx[0-9a-f]{3,5}\b", name, re.I):
        return target[0].lower()
    bracket = re.search(r"\[(.{0,200})\]", name)
    words = set(_words((bracket[1] if bracket else name).split("/")[0]))
    fits = [row for key, row in _amd_index() if words == key]
    if not fits and any(ch.isdigit() for ch in "".join(words)):
        fits = [row for key, row in _amd_index() if words < key]
    targets = {row.gfx for row in fits}
    return targets.pop() if len(targets) == 1 else None


def amd_chip(device: str) -> AmdChip | None:
    """The AMD chip of the device part of a PCI id: "73df"."""
    return next((row for row in gpus().amd_chips if device.lower() in row.pci_ids), None)

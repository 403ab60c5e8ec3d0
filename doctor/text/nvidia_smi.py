"""What `nvidia-smi` prints, asked by us or pasted by a user: versions, values of its queries, MIG instances.

| NVIDIA-SMI 550.54.14    Driver Version: 550.54.14    CUDA Version: 12.4 |
| NVIDIA-SMI 610.43.02    KMD Version: 610.43.02       CUDA UMD Version: 13.3 |
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence

import msgspec

from doctor.facts import Gpu

_DRIVER = re.compile(r"\b(?:Driver|KMD) Version\s*+:?\s*(\d{3}(?:\.\d+)*)(?!\d)", re.IGNORECASE)
_CUDA = re.compile(r"\bCUDA (?:UMD )?Version\s*+:?\s*(\d+\.\d+|N/A|ERR!|Not Found)", re.IGNORECASE)
_NOTHING = re.compile(
    r"\[?(?:N/A|None|No data|Not (?:Active|Found|Supported)|Unknown(?: Error)?|Insufficient Permissions|GPU is lost"
    r"|Requested functionality has been deprecated)\]?",
    re.IGNORECASE,
)
_LISTED_GPU = re.compile(r"\s*GPU (\d{1,2}): ")
_MIG_DEVICE = re.compile(r"\s+MIG (\S+)\s+Device\s+\d+:")
_MIG_ROW = re.compile(r"\s*[|│]\s*(\d{1,2})(?:\s+\d{1,3}){3}\s*[|│]\s*\d+\s?MiB\s*/\s*(\d+\s?MiB)\s*[|│]")
_MOBILE_WORDS = ("laptop gpu", "max-q", "mobile", "notebook")


def driver_version(text: str) -> str | None:
    """Driver version of the table's header, whatever its label."""
    found = _DRIVER.search(text)
    return found[1] if found else None


def cuda_version(text: str) -> str | None:
    """CUDA version of the table's header: "12.4"; "" where it prints N/A; None where it prints none (before R410)."""
    found = _CUDA.search(text)
    if not found:
        return None
    return found[1] if found[1][0].isdigit() else ""


def mig_profiles(lines: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """MIG profiles under each GPU of `nvidia-smi -L`, by the GPU's index.

    GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-…)
      MIG 1g.5gb      Device  0: (UUID: MIG-…)
    """
    found: dict[int, tuple[str, ...]] = {}
    index: int | None = None
    for line in lines:
        if gpu := _LISTED_GPU.match(line):
            index = int(gpu[1])
        elif index is not None and (device := _MIG_DEVICE.match(line)):
            found[index] = (*found.get(index, ()), device[1])
    return found


def with_instances(gpus: Sequence[Gpu], lines: Sequence[str]) -> tuple[Gpu, ...]:
    """GPUs with the MIG instances that the lines list. Where the part that lists them is not among the lines, it is
    not known whether a GPU in MIG mode has some, and the mode is left open, too."""
    listed = mig_profiles(lines) or _tabled(lines)
    looked = {int(found[1]) for line in lines if (found := _LISTED_GPU.match(line))}
    none = any("No MIG devices found" in line for line in lines)
    return tuple(
        msgspec.structs.replace(gpu, mig=True, mig_instances=listed[gpu.index])
        if gpu.index in listed
        else gpu
        if none or not gpu.mig or gpu.index in looked
        else msgspec.structs.replace(gpu, mig=None)
        for gpu in gpus
    )


def _tabled(lines: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """The memory of the instances below "MIG devices:", by the GPU's index; the table has no profiles."""
    start = next((index for index, line in enumerate(lines) if "MIG devices:" in line), len(lines))
    found: dict[int, tuple[str, ...]] = {}
    for row in filter(None, map(_MIG_ROW.match, lines[start:])):
        found[int(row[1])] = (*found.get(int(row[1]), ()), row[2])
    return found


def value_of(text: str | None) -> str | None:
    """The value of a query, None where it says that there is none."""
    return None if not text or _NOTHING.fullmatch(text) else text


def number_of(text: str | None) -> int | None:
    found = re.match(r"\d{1,9}", text or "")
    return int(found[0]) if found else None


def bytes_of(text: str | None) -> int | None:
    """Of "24564 MiB"."""
    number = number_of(text)
    return None if number is None else number * 1024 * 1024


def switch_of(text: str | None) -> bool | None:
    return {"enabled": True, "disabled": False}.get((text or "").lower().rstrip("*"))


def is_mobile(name: str) -> bool | None:
    """True when the name says so; one that does not tells nothing, NVML calls a mobile GTX 1650 just that."""
    return True if any(word in name.lower() for word in _MOBILE_WORDS) else None


def csv_rows(text: str, titles: Sequence[str] = ()) -> list[dict[str, str]]:
    """Field -> value of each GPU in `--format=csv`; the fields stand in its first line, or are given (`noheader`)."""
    rows = [row for row in csv.reader(text.splitlines(), skipinitialspace=True) if len(row) > 1 or titles]
    fields = list(titles) or [title.split(" [")[0].strip() for title in (rows[0] if rows else ())]
    told = ((value_of(value.strip()) for value in row) for row in rows[not titles :])
    return [{field: value for field, value in zip(fields, values, strict=False) if value} for values in told]


def gpu_of(row: Mapping[str, str], index: int) -> Gpu:
    """A GPU from the values of `--query-gpu`, by the names of its fields."""
    name = row.get("name", "")
    number = number_of(row.get("index"))
    return Gpu(
        name=name,
        index=index if number is None else number,
        compute_capability=row.get("compute_cap"),
        memory_bytes=bytes_of(row.get("memory.total")),
        memory_free_bytes=bytes_of(row.get("memory.free")),
        pci_id=_pci_id(row.get("pci.device_id")),
        pcie_generation=number_of(row.get("pcie.link.gen.current")),
        pcie_generation_max=number_of(row.get("pcie.link.gen.max")),
        pcie_width=number_of(row.get("pcie.link.width.current")),
        pcie_width_max=number_of(row.get("pcie.link.width.max")),
        mig=switch_of(row.get("mig.mode.current")),
        ecc=switch_of(row.get("ecc.mode.current")),
        ecc_errors=number_of(row.get("ecc.errors.uncorrected.volatile.total")),
        temperature_celsius=number_of(row.get("temperature.gpu")),
        compute_mode=row.get("compute_mode"),
        mobile=is_mobile(name),
    )


def _pci_id(text: str | None) -> str | None:
    """0x268410DE -> "10de:2684"."""
    found = re.match(r"0x([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})$", text or "")
    return f"{found[2]}:{found[1]}".lower() if found else None

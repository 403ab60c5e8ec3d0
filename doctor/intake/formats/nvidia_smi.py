"""`nvidia-smi`: the table, and what it prints when it cannot talk to the driver.

The header changed over the years: "Driver Version" and "CUDA Version" became "KMD Version" and "CUDA UMD Version"
with release 610; columns moved; names longer than their column are cut with "...".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from doctor.facts import Gpu, Nvidia
from doctor.intake.gpus import MIB
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness
from doctor.text.nvidia_smi import cuda_version, driver_version

TITLE = "`nvidia-smi`"
WITNESS = Witness.DRIVER
OPENS = r"NVIDIA-SMI\s+\d"
LEFT_OUT: tuple[str, ...] = ()

_HEADER = re.compile(r"NVIDIA-SMI\s+(?:version\s*:?\s*)?(\d[\d.]*)")
_ROW = re.compile(
    r"^\s{0,8}[|│\s]{0,4}(\d{1,3})\s+(\S.{1,40}?)\s+(On|Off|N/A|WDDM|TCC|MCDM|Disabled|Enabled)\s*[|│]"
    r"(?:\s*([0-9A-Fa-f]{4,8}:[0-9A-Fa-f:.]+))?"
)
_MEMORY = re.compile(r"(\d{1,7})\s?MiB\s*/\s*(\d{1,7})\s?MiB")
_MODE = re.compile(r"[|│]\s*\d{1,3}%\s+(Default|E\. ?Process|Exclusive_Process|E\. Thread|Prohibited)\s*[|│]")
_MIG = re.compile(r"[|│]\s+(Enabled|Disabled)\*?\s*[|│]\s*$")
_TEMPERATURE = re.compile(r"^\s{0,8}[|│]\s*+(?:(?:\d{1,3}%|N/A|ERR!)\s+)?(?<=\s)(\d{1,3})C\s")
_MODES = {
    "Default": "Default",
    "E. Process": "Exclusive_Process",
    "E.Process": "Exclusive_Process",
    "Exclusive_Process": "Exclusive_Process",
    "E. Thread": "Exclusive_Process",
    "Prohibited": "Prohibited",
}
_BORDER = re.compile(r"^\s*[+|=-]{3}[+|=\s-]*$|^\s*\|.{58,}\|\s*$|^[A-Z][a-z]{2} [A-Z][a-z]{2}\s+\d+ \d\d:\d\d:\d\d")

# nvmlErrorString() of each code, as nvidia-smi prints it (nvml.h)
_NVML = {
    "Driver/library version mismatch": "NVML_ERROR_LIB_RM_VERSION_MISMATCH",
    "RM has detected an NVML/RM version mismatch": "NVML_ERROR_LIB_RM_VERSION_MISMATCH",
    "Driver Not Loaded": "NVML_ERROR_DRIVER_NOT_LOADED",
    "NVIDIA driver is not loaded": "NVML_ERROR_DRIVER_NOT_LOADED",
    "couldn't communicate with the NVIDIA driver": "NVML_ERROR_DRIVER_NOT_LOADED",
    "Insufficient Permissions": "NVML_ERROR_NO_PERMISSION",
    "GPU access blocked by the operating system": "NVML_ERROR_OPERATING_SYSTEM",
    "GPU is lost": "NVML_ERROR_GPU_IS_LOST",
    "couldn't find libnvidia-ml": "NVML_ERROR_LIBRARY_NOT_FOUND",
    "Shared Library Not Found": "NVML_ERROR_LIBRARY_NOT_FOUND",
    "Unknown Error": "NVML_ERROR_UNKNOWN",
}
_FAILURE = re.compile(
    r"NVIDIA-SMI (?:has failed|couldn't find)|Failed to initialize NVML|Unable to determine the device handle"
    r"|Failed to properly shut down NVML|No devices were found|GPU access blocked by the operating system"
)
_TELLS_DRIVER = re.compile(r"SMI|\||^\s*(?i:(?:driver|kmd) version\s*:)")
_VERSIONS = re.compile(r"^\s*(?:NVIDIA-SMI|NVML|DRIVER|KMD|CUDA(?: UMD)?) version\s*:", re.IGNORECASE)
_LIBRARY = re.compile(r"NVML library version:\s*(\d[\d.]*)")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    """The NVIDIA facts that the lines tell, and the indexes of those lines."""
    used: set[int] = set()
    nvidia = _failure(lines, used)
    header = next((i for i, line in enumerate(lines) if _HEADER.search(line) and driver_version(line)), None)
    if header is not None:
        used |= _table_lines(lines, header)
        nvidia = _table(lines, header, nvidia)
    nvidia = _version_lines(lines, nvidia, used)
    return ({"nvidia": nvidia} if nvidia != Nvidia() else {}), used


def _table_lines(lines: Sequence[str], header: int) -> set[int]:
    """The header, and what borders and rows there are above and below it without other text between."""
    start, end = header, header + 1
    while start and _BORDER.match(lines[start - 1]):
        start -= 1
    while end < len(lines) and (not lines[end].strip() or _BORDER.match(lines[end]) or _ROW.match(lines[end])):
        end += 1
    return set(range(start, end))


def _failure(lines: Sequence[str], used: set[int]) -> Nvidia:
    """What it printed instead of a table."""
    found = [(i, line.strip()) for i, line in enumerate(lines) if _FAILURE.search(line)]
    if not found:
        return Nvidia()
    index, message = found[0]
    used.add(index)
    error = next((name for text, name in _NVML.items() if text.lower() in message.lower()), "")
    library = next((m for m in map(_LIBRARY.search, lines) if m), None)
    nothing = "No devices were found" in message
    return Nvidia(
        gpus=() if nothing else None,
        gpus_source="nvidia-smi" if nothing else "",
        nvml_error=error,
        nvml_message=message[message.find("Failed") :][:300] if "Failed to init" in message else message[:300],
        nvml_version=library[1] if library else None,
        module_version="" if error == "NVML_ERROR_DRIVER_NOT_LOADED" else None,
    )


def _table(lines: Sequence[str], header: int, nvidia: Nvidia) -> Nvidia:
    text = "\n".join(lines[header : header + 2])
    gpus = _rows(lines[header + 1 :])
    return msgspec.structs.replace(
        nvidia,
        driver_version=driver_version(text),
        cuda_version=cuda_version(text),
        gpus=gpus or nvidia.gpus,
        gpus_source="nvidia-smi" if gpus or nvidia.gpus is not None else "",
    )


def _rows(lines: Sequence[str]) -> tuple[Gpu, ...]:
    gpus: list[Gpu] = []
    for line in lines:
        if "Processes:" in line:
            break
        row = _ROW.match(line)
        if row and row[2] != "N/A" and re.search(r"[A-Za-z]{2}|[A-Z]\d", row[2]):
            gpus.append(Gpu(row[2].removesuffix(" ...").strip(), int(row[1])))
        elif gpus:
            gpus[-1] = _details(gpus[-1], line)
    return tuple(gpus)


def _details(gpu: Gpu, line: str) -> Gpu:
    """The second and third line of a GPU's row: memory, temperature, compute mode, MIG."""
    news: dict[str, object] = {}
    if memory := _MEMORY.search(line):
        if gpu.memory_bytes is None:
            used, total = int(memory[1]), int(memory[2])
            news = {"memory_bytes": total * MIB or None, "memory_free_bytes": max(0, total - used) * MIB}
        if temperature := _TEMPERATURE.search(line):
            news["temperature_celsius"] = int(temperature[1])
    if mode := _MODE.search(line):
        news["compute_mode"] = _MODES[mode[1]]
    if mig := _MIG.search(line):
        news["mig"] = mig[1] == "Enabled"
    return msgspec.structs.replace(gpu, **news) if news else gpu


def _version_lines(lines: Sequence[str], nvidia: Nvidia, used: set[int]) -> Nvidia:
    """Lone header lines, and `nvidia-smi --version`."""
    if nvidia.driver_version is not None:
        return nvidia
    index = next((i for i, line in enumerate(lines) if _TELLS_DRIVER.search(line) and driver_version(line)), None)
    if index is None:
        return nvidia
    used |= {index} | {i for i in range(max(0, index - 2), min(len(lines), index + 2)) if _VERSIONS.match(lines[i])}
    told = "\n".join(lines[i] for i in sorted(used) if index - 2 <= i <= index + 1)
    cuda = cuda_version(told)
    return msgspec.structs.replace(
        nvidia,
        driver_version=driver_version(lines[index]),
        cuda_version=nvidia.cuda_version if cuda is None else cuda,
    )

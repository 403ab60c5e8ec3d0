"""nvidia-smi: the query it is asked, and its CSV and header as text.

index, name, driver_version, memory.total [MiB], compute_cap, pcie.link.width.max
0, NVIDIA GeForce RTX 4090, 550.54.14, 24564 MiB, 8.9, 16
1, NVIDIA A100-SXM4-80GB, 550.54.14, 81920 MiB, 8.0, [N/A]

| NVIDIA-SMI 550.54.14    Driver Version: 550.54.14    CUDA Version: 12.4 |
| NVIDIA-SMI 610.43.02    KMD Version: 610.43.02       CUDA UMD Version: 13.3 |
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec

from doctor.facts import Gpu
from doctor.probes.nvidia.names import is_mobile, model_name
from doctor.process import run

FIELDS = (
    "index",
    "name",
    "driver_version",
    "memory.total",
    "memory.free",
    "compute_cap",  # since R470
    "pci.device_id",
    "pcie.link.gen.current",
    "pcie.link.gen.max",
    "pcie.link.width.current",
    "pcie.link.width.max",
    "mig.mode.current",  # since R450
    "ecc.mode.current",
    "ecc.errors.uncorrected.volatile.total",
    "temperature.gpu",
    "compute_mode",
    "persistence_mode",
)
_FOLDERS = ("usr/bin", "usr/lib/wsl/lib", "opt/bin", "usr/local/nvidia/bin", "run/current-system/sw/bin")
_NO_FIELD = re.compile(r'Field "([^"]+)" is not a valid field to query')
_HEADER_CUDA = re.compile(r"CUDA(?:\s+UMD)?\s+Version\s*:\s*([\w./]+)")
_HEADER_DRIVER = re.compile(r"(?:Driver|KMD)\s+Version\s*:\s*(\d[\d.]+)")
_ABSENT = re.compile(r"^\[?(?:N/A|Not Supported|Unknown Error|Insufficient Permissions|GPU is lost|No data)\]?$", re.I)


class Smi(msgspec.Struct, frozen=True):
    """What nvidia-smi told. `message` is what it printed instead of a table."""

    gpus: tuple[Gpu, ...] = ()
    driver_version: str | None = None
    cuda_version: str | None = None
    persistence: bool | None = None
    message: str = ""


def find(env: Mapping[str, str], root: Path = Path("/")) -> str:
    """Path of nvidia-smi, on PATH or where the driver puts it; "" when there is none."""
    on_path = shutil.which("nvidia-smi", path=env.get("PATH", ""))
    usual = (root / folder / "nvidia-smi" for folder in _FOLDERS)
    return on_path or next((str(path) for path in usual if path.is_file()), "")


def ask(program: str, env: Mapping[str, str], timeout_s: float) -> Smi:
    """Query all GPUs; fields this version does not know are left out and the rest asked again."""
    fields: tuple[str, ...] = FIELDS
    while True:
        query = (program, f"--query-gpu={','.join(fields)}", "--format=csv")
        ended = run(query, timeout_s=timeout_s, env=env)
        text = ended.stdout + ended.stderr
        unknown = _NO_FIELD.search(text)
        if not unknown or unknown[1] not in fields:
            break
        fields = tuple(field for field in fields if field != unknown[1])
    if not ended.ok:
        return Smi(message=" ".join(text.split()) or f"nvidia-smi: {ended.story}")
    told = parse_csv(ended.stdout)
    header = run((program,), timeout_s=timeout_s, env=env).stdout
    if any(gpu.mig for gpu in told.gpus):
        instances = mig_of_list(run((program, "-L"), timeout_s=timeout_s, env=env).stdout)
        gpus = (msgspec.structs.replace(gpu, mig_instances=instances.get(gpu.index, ())) for gpu in told.gpus)
        told = msgspec.structs.replace(told, gpus=tuple(gpus))
    driver = told.driver_version or driver_of_header(header)
    return msgspec.structs.replace(told, driver_version=driver, cuda_version=cuda_of_header(header))


def cuda_of_header(text: str) -> str | None:
    """CUDA version of the table's header: "12.4"; "" where it prints N/A; None where it prints none (before R410)."""
    found = _HEADER_CUDA.search(text)
    if not found:
        return None
    return found[1] if found[1][0].isdigit() else ""


def driver_of_header(text: str) -> str | None:
    """Driver version of the table's header, whatever its label."""
    found = _HEADER_DRIVER.search(text)
    return found[1] if found else None


def mig_of_list(text: str) -> dict[int, tuple[str, ...]]:
    """MIG instances of each GPU from `nvidia-smi -L`, without their UUIDs.

    GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-…)
      MIG 1g.5gb      Device  0: (UUID: MIG-…)
    """
    found: dict[int, tuple[str, ...]] = {}
    index = 0
    for line in text.splitlines():
        if gpu := re.match(r"GPU (\d+):", line):
            index = int(gpu[1])
        elif instance := re.match(r"\s+(MIG \S+)", line):
            found[index] = (*found.get(index, ()), instance[1])
    return found


def parse_csv(text: str) -> Smi:
    """GPUs from `--format=csv` with its header line, units in the header or behind the values."""
    rows = [row for row in csv.reader(text.splitlines(), skipinitialspace=True) if len(row) > 1]
    if not rows:
        return Smi(message=" ".join(text.split()))
    titles = [title.split(" [")[0].strip() for title in rows[0]]
    told = [_row(titles, row) for row in rows[1:]]
    first = told[0] if told else {}
    persistence = first.get("persistence_mode")
    gpus = tuple(_gpu(index, row) for index, row in enumerate(told))
    return Smi(gpus, first.get("driver_version"), None, None if persistence is None else persistence == "Enabled")


def _row(titles: list[str], values: list[str]) -> dict[str, str]:
    cells = zip(titles, (value.strip() for value in values), strict=False)
    return {title: value for title, value in cells if value and not _ABSENT.match(value)}


def _gpu(index: int, row: Mapping[str, str]) -> Gpu:
    pci_id = _pci_id(row.get("pci.device_id"))
    name = row.get("name") or model_name(pci_id)
    return Gpu(
        name=name,
        index=_number(row.get("index")) or index,
        compute_capability=row.get("compute_cap"),
        memory_bytes=_mebibytes(row.get("memory.total")),
        memory_free_bytes=_mebibytes(row.get("memory.free")),
        pci_id=pci_id,
        pcie_generation=_number(row.get("pcie.link.gen.current")),
        pcie_generation_max=_number(row.get("pcie.link.gen.max")),
        pcie_width=_number(row.get("pcie.link.width.current")),
        pcie_width_max=_number(row.get("pcie.link.width.max")),
        mig=_enabled(row.get("mig.mode.current")),
        ecc=_enabled(row.get("ecc.mode.current")),
        ecc_errors=_number(row.get("ecc.errors.uncorrected.volatile.total")),
        temperature_celsius=_number(row.get("temperature.gpu")),
        compute_mode=row.get("compute_mode"),
        mobile=is_mobile(name),
    )


def _number(text: str | None) -> int | None:
    found = re.match(r"\d+", text or "")
    return int(found[0]) if found else None


def _mebibytes(text: str | None) -> int | None:
    number = _number(text)
    return None if number is None else number * 1024 * 1024


def _enabled(text: str | None) -> bool | None:
    return None if text is None else text.startswith("Enabled")


def _pci_id(text: str | None) -> str | None:
    """0x268410DE -> "10de:2684"."""
    found = re.match(r"0x([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})$", text or "")
    return f"{found[2]}:{found[1]}".lower() if found else None

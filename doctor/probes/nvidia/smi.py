"""nvidia-smi: the query it is asked, and its CSV as text.

index, name, driver_version, memory.total [MiB], compute_cap, pcie.link.width.max
0, NVIDIA GeForce RTX 4090, 550.54.14, 24564 MiB, 8.9, 16
1, NVIDIA A100-SXM4-80GB, 550.54.14, 81920 MiB, 8.0, [N/A]
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
from doctor.text.nvidia_smi import bytes_of, cuda_version, driver_version, mig_profiles, number_of, switch_of, value_of

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
)
_FOLDERS = ("usr/bin", "usr/lib/wsl/lib", "opt/bin", "usr/local/nvidia/bin", "run/current-system/sw/bin")
_NO_FIELD = re.compile(r'Field "([^"]+)" is not a valid field to query')


class SmiAnswer(msgspec.Struct, frozen=True):
    """What nvidia-smi told. `message` is what it printed instead of a table."""

    gpus: tuple[Gpu, ...] = ()
    driver_version: str | None = None
    cuda_version: str | None = None
    message: str = ""


def find(env: Mapping[str, str], root: Path = Path("/")) -> str:
    """Path of nvidia-smi, on PATH or where the driver puts it; "" when there is none."""
    on_path = shutil.which("nvidia-smi", path=env.get("PATH", ""))
    usual = (root / folder / "nvidia-smi" for folder in _FOLDERS)
    return on_path or next((str(path) for path in usual if path.is_file()), "")


def ask(program: str, env: Mapping[str, str], timeout_s: float) -> SmiAnswer:
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
        return SmiAnswer(message=" ".join(text.split()) or f"nvidia-smi: {ended.story}")
    told = parse_csv(ended.stdout)
    header = run((program,), timeout_s=timeout_s, env=env).stdout
    if any(gpu.mig for gpu in told.gpus):
        instances = mig_profiles(run((program, "-L"), timeout_s=timeout_s, env=env).stdout.splitlines())
        gpus = (msgspec.structs.replace(gpu, mig_instances=instances.get(gpu.index, ())) for gpu in told.gpus)
        told = msgspec.structs.replace(told, gpus=tuple(gpus))
    driver = told.driver_version or driver_version(header)
    return msgspec.structs.replace(told, driver_version=driver, cuda_version=cuda_version(header))


def parse_csv(text: str) -> SmiAnswer:
    """GPUs from `--format=csv` with its header line, units in the header or behind the values."""
    rows = [row for row in csv.reader(text.splitlines(), skipinitialspace=True) if len(row) > 1]
    if not rows:
        return SmiAnswer(message=" ".join(text.split()))
    titles = [title.split(" [")[0].strip() for title in rows[0]]
    told = [_row(titles, row) for row in rows[1:]]
    first = told[0] if told else {}
    gpus = tuple(_gpu(index, row) for index, row in enumerate(told))
    return SmiAnswer(gpus, first.get("driver_version"))


def _row(titles: list[str], values: list[str]) -> dict[str, str]:
    cells = zip(titles, (value_of(value.strip()) for value in values), strict=False)
    return {title: value for title, value in cells if value}


def _gpu(index: int, row: Mapping[str, str]) -> Gpu:
    pci_id = _pci_id(row.get("pci.device_id"))
    name = row.get("name") or model_name(pci_id)
    return Gpu(
        name=name,
        index=number_of(row.get("index")) or index,
        compute_capability=row.get("compute_cap"),
        memory_bytes=bytes_of(row.get("memory.total")),
        memory_free_bytes=bytes_of(row.get("memory.free")),
        pci_id=pci_id,
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

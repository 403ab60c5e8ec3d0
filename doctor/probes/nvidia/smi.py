"""nvidia-smi: the query it is asked, and its CSV as text.

index, name, driver_version, memory.total [MiB], compute_cap, pcie.link.width.max
0, NVIDIA GeForce RTX 4090, 550.54.14, 24564 MiB, 8.9, 16
1, NVIDIA A100-SXM4-80GB, 550.54.14, 81920 MiB, 8.0, [N/A]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from doctor.bootstrap.programs import which
from doctor.facts import Gpu
from doctor.probes.nvidia.names import model_name
from doctor.process import run
from doctor.text.nvidia_smi import csv_rows, cuda_version, driver_version, gpu_of, mig_profiles

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
_ON_WINDOWS = (("WINDIR", "System32"), ("PROGRAMFILES", "NVIDIA Corporation/NVSMI"))  # the latter before driver 430
_NO_FIELD = re.compile(r'Field "([^"]+)" is not a valid field to query')


class SmiAnswer(msgspec.Struct, frozen=True):
    """What nvidia-smi told. `message` is what it printed instead of a table."""

    gpus: tuple[Gpu, ...] = ()
    driver_version: str | None = None
    cuda_version: str | None = None
    message: str = ""


def find(env: Mapping[str, str], root: Path = Path("/")) -> str:
    """Path of nvidia-smi, on PATH or where the driver puts it; "" when there is none."""
    on_path = which("nvidia-smi", env)
    usual = [root / folder / "nvidia-smi" for folder in _FOLDERS]
    if sys.platform == "win32":
        usual = [Path(env[name], folder, "nvidia-smi.exe") for name, folder in _ON_WINDOWS if env.get(name)]
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
    told = csv_rows(text)
    if not told and "," not in text:
        return SmiAnswer(message=" ".join(text.split()))
    gpus = (gpu_of(row, index) for index, row in enumerate(told))
    named = tuple(gpu if gpu.name else msgspec.structs.replace(gpu, name=model_name(gpu.pci_id)) for gpu in gpus)
    return SmiAnswer(named, told[0].get("driver_version") if told else None)

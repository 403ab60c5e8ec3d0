"""Builds the stand-in libraries for a scenario with gcc."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

SOURCES = Path(__file__).parent
LIBRARIES = {"libnvidia-ml": ("nvml_system.c", "nvml_device.c"), "libcuda": ("libcuda.c",)}
# Driver branch that brought a symbol (NVML API reference and change logs; compared with the symbols of the real
# libnvidia-ml.so.470.256.02 and 535.309.01, the oldest ones are approximate). A scenario's driver that is older gets
# a library without it.
SYMBOLS = {
    "nvmlInitWithFlags": 396,
    "nvmlSystemGetCudaDriverVersion": 396,
    "nvmlSystemGetCudaDriverVersion_v2": 418,
    "nvmlDeviceGetMigMode": 450,
    "nvmlDeviceGetRemappedRows": 450,
    "nvmlDeviceGetComputeRunningProcesses_v2": 450,
    "nvmlDeviceGetComputeRunningProcesses_v3": 510,
    "nvmlDeviceGetGpuFabricInfo": 525,
    "nvmlDeviceGetCurrentClocksEventReasons": 535,
}


def build(scenario: str, folder: Path, cache: Path) -> Path:
    """Lay out the libraries a scenario asks for in `folder`; compiled objects are reused from `cache`."""
    said = [line.split() for line in scenario.splitlines() if line.strip()]
    single = {words[0]: words[1] for words in reversed(said) if len(words) > 1}
    driver = single.get("driver", "550.54.14")
    without = {words[1] for words in said if words[0] == "without"}
    without |= {symbol for symbol, since in SYMBOLS.items() if int(driver.split(".")[0]) < since}
    absent = {words[1] for words in said if words[0] == "no"}
    folder.mkdir(parents=True, exist_ok=True)
    for library, sources in LIBRARIES.items():
        if library not in absent:
            real = folder / f"{library}.so.{single.get(library, driver)}"
            shutil.copy(_compiled(library, sources, without, cache), real)
            (folder / f"{library}.so.1").symlink_to(real.name)
    return folder


def _compiled(library: str, sources: tuple[str, ...], without: set[str], cache: Path) -> Path:
    flags = sorted(f"-DWITHOUT_{name}" for name in without)
    output = cache / f"{library}-{hashlib.sha256(' '.join(flags).encode()).hexdigest()[:12]}.so"
    if not output.exists():
        partial = output.with_suffix(f".{os.getpid()}")
        files = [str(SOURCES / name) for name in (*sources, "scenario.c")]
        subprocess.run(
            ["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-Wno-unused", *flags, "-o", str(partial), *files], check=True
        )
        partial.rename(output)
    return output

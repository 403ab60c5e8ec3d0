"""Builds the stand-in libraries for a scenario with gcc; mingw's makes those of Windows of the same source."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

SOURCES = Path(__file__).parent
DRIVER = "550.54.14"
LIBRARIES = {"libnvidia-ml": ("nvml_system.c", "nvml_device.c"), "libcuda": ("libcuda.c",)}
ON_WINDOWS = {"libnvidia-ml": "nvml.dll", "libcuda": "nvcuda.dll"}
FOR_LINUX, FOR_WINDOWS = ("gcc", "-fPIC"), ("x86_64-w64-mingw32-gcc-win32",)
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
    single, without, absent = _asked(scenario)
    driver = single.get("driver", DRIVER)
    folder.mkdir(parents=True, exist_ok=True)
    for library in LIBRARIES.keys() - absent:
        real = folder / f"{library}.so.{single.get(library, driver)}"
        shutil.copy(_compiled(library, without, cache, FOR_LINUX), real)
        (folder / f"{library}.so.1").symlink_to(real.name)
    return folder


def build_dlls(scenario: str, system32: Path, cache: Path) -> None:
    """Put what a scenario asks for into the folder that the driver of Windows puts it into, and take away the rest."""
    _, without, absent = _asked(scenario)
    for library, name in ON_WINDOWS.items():
        (system32 / name).unlink(missing_ok=True)
        if library not in absent:
            shutil.copy(_compiled(library, without, cache, FOR_WINDOWS), system32 / name)


def _asked(scenario: str) -> tuple[dict[str, str], set[str], set[str]]:
    """Its values, the symbols that the libraries lack, and the libraries that are not there."""
    said = [line.split() for line in scenario.splitlines() if line.strip()]
    single = {words[0]: words[1] for words in reversed(said) if len(words) > 1}
    without = {words[1] for words in said if words[0] == "without"}
    major = int(single.get("driver", DRIVER).split(".")[0])
    without |= {symbol for symbol, since in SYMBOLS.items() if major < since}
    return single, without, {words[1] for words in said if words[0] == "no"}


def _compiled(library: str, without: set[str], cache: Path, compiler: tuple[str, ...]) -> Path:
    flags = sorted(f"-DWITHOUT_{name}" for name in without)
    mark = hashlib.sha256(" ".join([*compiler, *flags]).encode()).hexdigest()[:12]
    output = cache / f"{library}-{mark}.so"
    if not output.exists():
        partial = output.with_suffix(f".{os.getpid()}")
        files = [str(SOURCES / name) for name in (*LIBRARIES[library], "scenario.c")]
        warned = ("-O1", "-Wall", "-Wno-unused")
        subprocess.run([*compiler, "-shared", *warned, *flags, "-o", str(partial), *files], check=True)
        partial.rename(output)
    return output

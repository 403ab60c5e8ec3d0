"""The diagnostic file of the launcher for ComfyUI and Stable Diffusion WebUI: sections of what it asked, and packages.

It asks each driver by itself: "Not Available" below one says that its library could not be loaded. Sizes of GPUs are
cut to whole GB, and Windows lists all GPUs again, some several times, under DirectML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Cpu, Memory, Nvidia, Package, Packages
from doctor.intake import platforms
from doctor.intake.devices import ListedGpu, facts_of_devices
from doctor.intake.formats.pip_list import normalised_name
from doctor.intake.gpus import MIB
from doctor.intake.keyed import left_out
from doctor.intake.merge import Partial, merge
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness

TITLE = "the diagnostic file of the ComfyUI launcher"
WITNESS = Witness.PROGRAM
OPENS = r"^[\w ]{2,40} Launcher Diagnostic File$"
LEFT_OUT = (
    r"[\w ]{2,40} Launcher Diagnostic File$|Date: \d|(?:Launcher|Data File|ComfyUI|WebUI) Version: |-{20,}$",
    r"(?:System Information|NVIDIA Management Library|CUDA Driver|NvApi|HIP Driver|DirectML Driver):\s*$",
    r"(?:Driver|Runtime) Version: \d{8}$|(?:Working|App) Directory: |Page File Settings:",
    r"(?:Intel Level Zero Driver|Environment Variables|Devices):\s*$|Not Available$",
    r"Version: \d+ r\d+_\d+$|\d{1,6} \d+: \S.* \d+ GB$",
)
_ONE = {
    "build": r"OS: Microsoft Windows NT 10\.0\.(\d{5})",
    "processors": r"CPU: (\d{1,9}) cores",
    "memory": r"Memory Size: (\d{1,9}) MB",
    "memory_free": r"Memory Size: .* (\d{1,9}) MB Free",
    "swap": r"(?:Allocated )?Page File Size: (\d{1,9}) MB",
    "swap_free": r"Allocated Page File Size: .* (\d{1,9}) MB Free",
    "driver": r"\s+NVIDIA Driver Version: ([\d.]+)",
    "nvml": r"\s+NVIDIA Management Library Version: ([\d.]+)",
    "cuda": r"\s+Version: (\d{5})\s*$",
}
_GPU = re.compile(r"\s+[\dA-F]{8}:[\dA-F:.]+ \d+: (\S.*?) \[(gfx\w+|\d{2,3})(?:, \d+)?\] \d+ GB")
_PACKAGE = re.compile(r"\s+- ([A-Za-z0-9][\w.-]*) (\d\S*)\s*$")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    start = next((index for index, line in enumerate(lines) if re.match(OPENS, line)), None)
    if start is None:
        return {}, set()
    told: dict[str, str] = {}
    used = left_out(lines, LEFT_OUT, range(start, len(lines)))
    devices, packages = list[ListedGpu](), list[Package]()
    for index in range(start, len(lines)):
        line = lines[index]
        values = {name: found[1] for name, shape in _ONE.items() if (found := re.match(shape, line))}
        if gpu := _GPU.match(line):
            devices.append(_device(gpu[1], gpu[2]))
        elif row := _PACKAGE.match(line):
            packages.append(Package(normalised_name(row[1]), row[2], installer="pip"))
        if values or gpu or row:
            used.add(index)
            told = {**values, **told}
    facts = merge(_facts(told), facts_of_devices(devices, "libcuda"))
    return (merge(facts, {"packages": Packages(tuple(packages), complete=False)}) if packages else facts), used


def _device(name: str, kind: str) -> ListedGpu:
    if kind.startswith("gfx"):
        return ListedGpu(name, gfx=kind)
    return ListedGpu(name, capability=f"{kind[:-1]}.{kind[-1]}")


def _facts(told: dict[str, str]) -> Partial:
    sizes = {name: int(told[name]) * MIB for name in ("memory", "memory_free", "swap", "swap_free") if name in told}
    cuda = int(told.get("cuda", 0))  # as cuDriverGetVersion counts: 12080
    return known_sections(
        {
            "host": platforms.host_of_platform(f"Windows-10-10.0.{told['build']}") if "build" in told else None,
            "cpu": Cpu(logical=int(told["processors"])) if "processors" in told else None,
            "memory": Memory(
                total_bytes=sizes.get("memory"),
                available_bytes=sizes.get("memory_free"),
                swap_bytes=sizes.get("swap"),
                swap_free_bytes=sizes.get("swap_free"),
            ),
            "nvidia": Nvidia(
                driver_version=told.get("driver"),
                cuda_version=f"{cuda // 1000}.{cuda % 1000 // 10}" if cuda else None,
                nvml_version=told.get("nvml"),
            ),
        }
    )

"""What several rules ask about NVIDIA machines."""

from __future__ import annotations

import re

from doctor.catalog import build_of
from doctor.facts import Amd, ErrorText, Gpu, Host, Nvidia, Runtime, Torch, Variables
from doctor.model import Severity
from doctor.rules.api import not_there

WORKS = not_there("runtime.cuda_available", "True")
ON_A_MAC = not_there("host.os", "macos")


def cuda_build(torch: Torch | None) -> bool:
    """True when torch is known to be built for CUDA."""
    return build_of(torch).kind == "cuda"


def other_build(torch: Torch | None) -> str:
    """What torch is known to be built for where that is not CUDA: "cpu", "rocm6.3" …; "" for CUDA or unknown."""
    build = build_of(torch)
    return "" if build.kind == "cuda" else build.tag


def level(torch: Torch | None) -> Severity:
    """How bad it is that CUDA does not start: an error, unless the torch here is known to have no CUDA."""
    return Severity.WARNING if other_build(torch) else Severity.ERROR


def works(runtime: Runtime | None) -> bool:
    """True when torch was seen to find a CUDA device: what is seen beats every table."""
    return runtime is not None and runtime.cuda_available is True


def fails(runtime: Runtime | None) -> bool:
    """True when torch was seen not to find a CUDA device."""
    return runtime is not None and runtime.cuda_available is False


def gpus(nvidia: Nvidia | None) -> tuple[Gpu, ...]:
    """The GPUs that are known of: from the driver, else from the PCI bus."""
    return (nvidia.gpus or nvidia.pci_gpus or ()) if nvidia else ()


def driven(nvidia: Nvidia) -> tuple[Gpu, ...]:
    """The GPUs that the driver gives to programs here; the PCI bus and the host's /proc list others too."""
    return () if nvidia.gpus_source in ("pci", "proc") else nvidia.gpus or ()


def with_driver(nvidia: Nvidia | None) -> tuple[Gpu, ...]:
    """The GPUs that a driver lists, or that are on the bus where there is a driver."""
    return (nvidia.gpus or (nvidia.pci_gpus if nvidia.driver_version else None) or ()) if nvidia else ()


def only_amd(amd: Amd | None, nvidia: Nvidia | None) -> str:
    """The AMD GPUs of a machine that is not known to have any other, nor a driver of NVIDIA's; "" elsewhere."""
    if nvidia and (gpus(nvidia) or nvidia.driver_version or nvidia.cuda_version or nvidia.module_version):
        return ""
    return ", ".join(gpu.name for gpu in amd.gpus) if amd else ""


def names(found: tuple[Gpu, ...]) -> str:
    """For people: "2 x NVIDIA RTX A6000, NVIDIA T400"."""
    counts: dict[str, int] = {}
    for gpu in found:
        counts[gpu.name] = counts.get(gpu.name, 0) + 1
    return ", ".join(name if n == 1 else f"{n} x {name}" for name, n in counts.items())


def matching_line(
    patterns: str | tuple[str, ...], nvidia: Nvidia | None, runtime: Runtime | None, error: ErrorText | None = None
) -> str:
    """The first line of what driver, torch or user said that matches, "" when none does."""
    tried = (patterns,) if isinstance(patterns, str) else patterns
    texts = [runtime.cuda_warning if runtime else ""]
    texts += [nvidia.libcuda_error, nvidia.nvml_message] if nvidia else []
    texts += [error.text] if error else []
    lines = (line.strip() for text in texts for line in text.splitlines())
    return next((line for line in lines if any(re.search(pattern, line) for pattern in tried)), "")


def hidden(variables: Variables | None) -> bool:
    """True when CUDA_VISIBLE_DEVICES hides every GPU on purpose: empty, -1 or a scheduler's NoDevFiles."""
    value = variables.values.get("CUDA_VISIBLE_DEVICES") if variables else None
    return value is not None and value.strip().strip("\"'") in ("", "-1", "NoDevFiles", "none", "None", "void")


def on_wsl(host: Host | None) -> bool:
    return host is not None and bool(host.wsl)


def contained(host: Host | None) -> bool:
    return host is not None and bool(host.container)


def notebook(host: Host | None) -> str:
    """The name of who hosts this notebook and gives it a GPU, or none; "" elsewhere."""
    return {"colab": "Colab", "kaggle": "Kaggle"}.get((host.container if host else None) or "", "")


def module_loaded(nvidia: Nvidia) -> bool:
    """Whether the driver's module is known to run in the kernel, which a container shares with its host."""
    return bool(nvidia.module_version) or "nvidia" in (nvidia.modules or ())

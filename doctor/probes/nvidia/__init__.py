"""NVIDIA GPUs and their driver.

Sources in this order: NVML through `pynvml` and libcuda (each in a child process, with a deadline),
/proc/driver/nvidia, /sys/module/nvidia, nvidia-smi's CSV, then PCI ids (a GPU is there, a driver is not). A machine
with no trace of NVIDIA starts no child. (NVML started as root makes /dev/nvidiactl where it is missing, as nvidia-smi
does: seen with 535.309.01.) No UUIDs, serial numbers, bus ids or process ids are kept.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from doctor.facts import Gpu, Nvidia
from doctor.privacy import redact, redact_path
from doctor.probes import Crashed, _windows
from doctor.probes.nvidia import _fabric, _libraries, _nvml, _system, smi
from doctor.target import Target

# the child must end early enough that what is known by then still gets into the report
_NVML_SHARE, _NVML_MOST_S = 0.6, 20.0
_SMI_SHARE, _SMI_MOST_S = 0.1, 10.0
# with these answers of NVML no driver runs, so that nothing but the PCI bus can tell of a GPU
_NO_DRIVER = ("NVML_ERROR_DRIVER_NOT_LOADED", "NVML_ERROR_LIBRARY_NOT_FOUND")


def probe(target: Target, root: Path = Path("/")) -> Nvidia:
    """Everything about NVIDIA on this machine.

    Raises TimeoutError or Crashed when NVML hangs or crashes and no other source tells of a driver or a GPU.
    """
    seen = _from_files(target.env, root)
    if not _has_trace(seen, target.env, root):
        return Nvidia(**{**seen, "driver_version": "", "gpus": (), "gpus_source": _source_of_absence(seen)})
    answers = _nvml.ask(target.env, min(_NVML_MOST_S, target.deadline_s * _NVML_SHARE))
    told = _ask_smi(answers, target, root)
    facts = Nvidia(
        **{
            **seen,
            **_gpus(answers, told, seen, root),
            **_driver(answers, told, seen, root),
            **_libcuda(answers, seen),
        },
        nvml_error=answers.error,
        nvml_message=redact(told.message or answers.message),
        nvml_version=answers.nvml.get("nvml_version"),
        **_modes_and_services(answers, root),
    )
    _raise_when_nothing_is_known(facts, answers)
    return facts


def _from_files(env: Mapping[str, str], root: Path) -> dict[str, Any]:
    """What needs no process: fields of Nvidia by name."""
    if sys.platform == "win32":
        library = _libraries.find(_libraries.CUDA, env)
        return {"libcuda": redact_path(library), "pci_gpus": _system.adapter_gpus(_windows.display_adapters())}
    if sys.platform != "linux":
        return {}
    libcuda = _libraries.find(_libraries.CUDA, env, root)
    version, is_open = _system.module_of(root)
    return {
        "module_version": version,
        "module_open": is_open,
        "modules": _system.modules_of(root),
        "module_installed": _system.module_on_disk(root),
        "pci_gpus": _system.pci_gpus(root),
        "device_nodes": _system.device_nodes(root),
        "nvswitches": _system.nvswitches(root),
        "container_toolkit": _fabric.container_toolkit(root),
        "libcuda": redact_path(libcuda),
        "libcuda_version": _libraries.version_of(libcuda),
    }


def _has_trace(seen: Mapping[str, Any], env: Mapping[str, str], root: Path) -> bool:
    """Anything that makes asking NVML worth a process."""
    files = ("module_version", "pci_gpus", "device_nodes", "libcuda", "nvswitches")
    if any(seen.get(name) for name in files) or _system.tegra_gpu(root):
        return True
    return bool(_libraries.find(_libraries.NVML, env, root) or smi.find(env, root))


def _source_of_absence(seen: Mapping[str, Any]) -> str:
    return "nvml" if seen.get("pci_gpus") is None else "pci"


def _ask_smi(answers: _nvml.Answers, target: Target, root: Path) -> smi.SmiAnswer:
    """nvidia-smi speaks through the same NVML: it is asked only when `pynvml` could not load that or died of it."""
    program = smi.find(target.env, root)
    if not program or answers.of_nvml.gpus() or not (answers.library_missing or answers.of_nvml.failure):
        return smi.SmiAnswer()
    return smi.ask(program, target.env, min(_SMI_MOST_S, target.deadline_s * _SMI_SHARE))


def _gpus(answers: _nvml.Answers, told: smi.SmiAnswer, seen: Mapping[str, Any], root: Path) -> dict[str, Any]:
    """The GPUs from the first source that lists any."""
    tegra = _system.tegra_gpu(root)
    sources: tuple[tuple[str, tuple[Gpu, ...]], ...] = (
        ("nvml", answers.of_nvml.gpus()),
        ("libcuda", answers.of_cuda.gpus()),
        ("proc", _system.proc_gpus(root)),
        ("nvidia-smi", told.gpus),
        ("pci", seen.get("pci_gpus") or ()),
        ("proc", (tegra,) if tegra else ()),
    )
    for source, gpus in sources:
        if gpus:
            return {"gpus": gpus, "gpus_source": source}
    looked = seen.get("pci_gpus") is not None and answers.error in _NO_DRIVER
    if answers.nvml.get("count") == 0 or looked:
        return {"gpus": (), "gpus_source": _source_of_absence(seen)}
    return {"gpus": None}


def _driver(answers: _nvml.Answers, told: smi.SmiAnswer, seen: Mapping[str, Any], root: Path) -> dict[str, Any]:
    """Versions. NVML that answers shows a loaded module, also where its files are hidden (WSL, sandboxes)."""
    nvml, module = answers.nvml, seen.get("module_version")
    version = nvml.get("driver_version") or module or told.driver_version
    if not version:
        version = None if _hidden_driver(answers, told, seen, root) else ""
    cuda = nvml.get("cuda_version") or answers.cuda.get("version") or told.cuda_version or nvml.get("cuda_version")
    hidden = not module and (
        version
        or answers.of_cuda.gpus()
        or answers.of_nvml.failure
        or (answers.error and answers.error not in _NO_DRIVER)
    )
    return {"driver_version": version, "cuda_version": cuda, "module_version": None if hidden else module}


def _hidden_driver(answers: _nvml.Answers, told: smi.SmiAnswer, seen: Mapping[str, Any], root: Path) -> bool:
    """Whether there may be a driver whose version nothing told: one that fails, Jetson's, or the one of Windows."""
    if answers.of_nvml.failure or not answers.library_missing or told.message or answers.of_cuda.gpus():
        return True
    return _system.tegra_gpu(root) is not None or any(n.path == "/dev/dxg" for n in seen.get("device_nodes", ()))


def _libcuda(answers: _nvml.Answers, seen: Mapping[str, Any]) -> dict[str, Any]:
    """The library that was really loaded beats the one a search finds."""
    path = answers.cuda.get("path") or seen.get("libcuda", "")
    version = _libraries.version_of(path) or seen.get("libcuda_version")
    return {"libcuda": redact_path(path), "libcuda_version": version, "libcuda_error": redact(answers.cuda_error)}


def _modes_and_services(answers: _nvml.Answers, root: Path) -> dict[str, Any]:
    modes = [gpu["persistence"] for gpu in answers.of_nvml.all("gpu") if gpu.get("persistence") is not None]
    guests = [gpu["vgpu"] == _nvml.VGPU_GUEST for gpu in answers.of_nvml.all("gpu") if gpu.get("vgpu") is not None]
    fabric = [gpu.get("fabric") for gpu in answers.of_nvml.all("gpu")]
    return {
        "persistence": all(modes) if modes else None,
        "vgpu": any(guests) if guests else None,
        "fabric_manager": _fabric.fabric_manager(root, fabric) if sys.platform == "linux" else None,
    }


def _raise_when_nothing_is_known(facts: Nvidia, answers: _nvml.Answers) -> None:
    if not answers.of_nvml.failure or facts.driver_version or facts.gpus:
        return
    if answers.of_nvml.ended.timed_out:
        raise TimeoutError(answers.of_nvml.failure)
    raise Crashed(answers.of_nvml.failure)

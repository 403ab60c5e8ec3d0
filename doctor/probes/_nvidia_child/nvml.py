"""Asks NVML through `pynvml`.

Answers: `{"step": name}` before a risky call, `{"nvml": {…}}` once, `{"gpu": {…}}` for each GPU.
UUIDs, serial numbers, bus ids and process ids are not asked for.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from typing import Any

import pynvml

from doctor.probes._nvidia_child.answers import cuda_text, mapped, say

_COMPUTE_MODES = {0: "Default", 1: "Exclusive_Thread", 2: "Prohibited", 3: "Exclusive_Process"}
# NVML 13, nvmlClocksEventReason*: named as nvidia-smi -q prints them
_THROTTLE = {
    0x1: "idle",
    0x2: "applications clocks setting",
    0x4: "software power cap",
    0x8: "hardware slowdown",
    0x10: "sync boost",
    0x20: "software thermal slowdown",
    0x40: "hardware thermal slowdown",
    0x80: "hardware power brake",
    0x100: "display clock setting",
}
_MAX_NVLINKS = 36
_FABRIC_STATES = {0: "not supported", 1: "not started", 2: "in progress", 3: "completed"}
_PAGE_CAUSES = (0, 1)  # multiple single-bit errors, double-bit error


def main() -> None:
    say(step="nvmlInit")
    try:
        _initialise()
    except pynvml.NVMLError as error:
        say(nvml={**_failure(error), "nvml_version": _library_version()}, done=True)
        return
    say(nvml=_system())
    for index in range(_value(pynvml.nvmlDeviceGetCount) or 0):
        say(step=f"GPU {index}")
        say(gpu={"index": index, **_device(index)})
    say(done=True)


def _initialise() -> None:
    """Drivers older than R396 have no nvmlInitWithFlags, the only call `pynvml.nvmlInit` knows."""
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError as error:
        if error.value != pynvml.NVML_ERROR_FUNCTION_NOT_FOUND or not hasattr(pynvml.nvmlLib, "nvmlInit_v2"):
            raise
        code = pynvml.nvmlLib.nvmlInit_v2()
        if code:
            raise pynvml.NVMLError(code) from error


def _failure(error: Any) -> dict[str, str]:
    """NVML's own constant and its own text; the library's text is preferred to the one written into pynvml."""
    constants = {getattr(pynvml, name): name for name in dir(pynvml) if name.startswith("NVML_ERROR_")}
    text = str(error)
    if pynvml.nvmlLib is not None:
        text = _value(lambda: pynvml.nvmlErrorString(error.value)) or text
    return {"error": constants.get(error.value, f"NVML error {error.value}"), "message": text}


def _value(call: Callable[[], Any]) -> Any:
    """The answer, or None: one field that this driver or GPU cannot tell does not spoil the others."""
    try:
        return call()
    except (pynvml.NVMLError, AttributeError, UnicodeDecodeError):
        return None


def _system() -> dict[str, Any]:
    return {
        "driver_version": _value(pynvml.nvmlSystemGetDriverVersion),
        "nvml_version": _library_version(),
        "cuda_version": _driver_cuda(),
        "count": _value(pynvml.nvmlDeviceGetCount),
    }


def _library_version() -> str | None:
    """From the name of the mapped file (libnvidia-ml.so.550.54.14), else from the library ("12.550.54.14")."""
    named = re.search(r"\.so\.(\d{3,}(?:\.\d+)+)$", mapped("libnvidia-ml") or "")
    if named:
        return named[1]
    said = _value(pynvml.nvmlSystemGetNVMLVersion)
    return re.sub(r"^\d{1,2}\.(?=\d{3})", "", said) if said else None


def _driver_cuda() -> str | None:
    """ "12.4"; "" where the driver has no libcuda to ask (nvidia-smi prints N/A then); None for old drivers."""
    try:
        return cuda_text(pynvml.nvmlSystemGetCudaDriverVersion_v2())
    except pynvml.NVMLError as error:
        if hasattr(pynvml.nvmlLib, "nvmlSystemGetCudaDriverVersion_v2"):
            missing = (pynvml.NVML_ERROR_LIBRARY_NOT_FOUND, pynvml.NVML_ERROR_FUNCTION_NOT_FOUND)
            return "" if error.value in missing else None
    number = _value(pynvml.nvmlSystemGetCudaDriverVersion)
    return cuda_text(number) if number else None


def _device(index: int) -> dict[str, Any]:
    """One GPU's fields. A GPU that fell off the bus may still tell some; `error` is NVML's word about the rest."""
    severe = (pynvml.NVML_ERROR_GPU_IS_LOST, pynvml.NVML_ERROR_RESET_REQUIRED)
    troubles = []
    try:
        handle = pynvml.nvmlDeviceGetHandleByIndex(index)
    except pynvml.NVMLError as error:
        return _failure(error)

    def ask(name: str, *arguments: Any) -> Any:
        try:
            return getattr(pynvml, name)(handle, *arguments)
        except pynvml.NVMLError as error:
            if error.value in severe or name == "nvmlDeviceGetName":
                troubles.append(error)
        except (AttributeError, UnicodeDecodeError):
            pass  # this pynvml has no such call, or the driver wrote no text
        return None

    fields = {**_properties(ask), **_state(ask), **_instances(handle, ask)}
    return {**fields, **(_failure(troubles[0]) if troubles else {})}


def _properties(ask: Callable[..., Any]) -> dict[str, Any]:
    capability = ask("nvmlDeviceGetCudaComputeCapability")
    memory = ask("nvmlDeviceGetMemoryInfo")
    return {
        "name": ask("nvmlDeviceGetName"),
        "compute_capability": f"{capability[0]}.{capability[1]}" if capability else None,
        "memory_bytes": memory and memory.total,
        "memory_free_bytes": memory and memory.free,
        "pci_id": _pci_id(ask("nvmlDeviceGetPciInfo")),
        "pcie_generation": ask("nvmlDeviceGetCurrPcieLinkGeneration"),
        "pcie_generation_max": ask("nvmlDeviceGetMaxPcieLinkGeneration"),
        "pcie_width": ask("nvmlDeviceGetCurrPcieLinkWidth"),
        "pcie_width_max": ask("nvmlDeviceGetMaxPcieLinkWidth"),
    }


def _state(ask: Callable[..., Any]) -> dict[str, Any]:
    remapped = ask("nvmlDeviceGetRemappedRows")
    ecc = ask("nvmlDeviceGetEccMode")
    return {
        "ecc": ecc and bool(ecc[0]),
        "ecc_errors": ask("nvmlDeviceGetTotalEccErrors", 1, 0) if ecc and ecc[0] else None,
        "retired_pages": _retired_pages(ask),
        "row_remap_failure": remapped and bool(remapped[3]),
        "throttle_reasons": _throttle_reasons(ask),
        "temperature_celsius": ask("nvmlDeviceGetTemperature", 0),
        "compute_mode": _COMPUTE_MODES.get(ask("nvmlDeviceGetComputeMode")),
        "nvlinks_active": _nvlinks(ask),
        "persistence": ask("nvmlDeviceGetPersistenceMode"),
        "vgpu": ask("nvmlDeviceGetVirtualizationMode"),
    }


def _instances(handle: Any, ask: Callable[..., Any]) -> dict[str, Any]:
    mig = ask("nvmlDeviceGetMigMode")
    return {
        "mig": mig and bool(mig[0]),
        "mig_instances": _mig_instances(handle) if mig and mig[0] else [],
        "processes": _process_count(pynvml.nvmlLib, handle),
        "fabric": _fabric(handle),
    }


def _pci_id(info: Any) -> str | None:
    """`pciDeviceId` holds the device in its upper and the vendor in its lower half."""
    return f"{info.pciDeviceId & 0xFFFF:04x}:{info.pciDeviceId >> 16:04x}" if info else None


def _mig_instances(handle: Any) -> list[str]:
    found = []
    for index in range(_value(lambda: pynvml.nvmlDeviceGetMaxMigDeviceCount(handle)) or 0):
        try:
            found.append(pynvml.nvmlDeviceGetName(pynvml.nvmlDeviceGetMigDeviceHandleByIndex(handle, index)))
        except pynvml.NVMLError:  # slots without an instance answer "not found"
            continue
    return found


def _retired_pages(ask: Callable[..., Any]) -> int | None:
    pages = [ask("nvmlDeviceGetRetiredPages", cause) for cause in _PAGE_CAUSES]
    return None if None in pages else sum(len(of_cause) for of_cause in pages)


def _throttle_reasons(ask: Callable[..., Any]) -> list[str]:
    bits = ask("nvmlDeviceGetCurrentClocksEventReasons")
    if bits is None:  # the name before R535
        bits = ask("nvmlDeviceGetCurrentClocksThrottleReasons")
    return [name for bit, name in _THROTTLE.items() if bit and bits & bit]


def _process_count(library: Any, handle: Any) -> int | None:
    """Only how many: with no buffer the call tells the count and nothing about the processes."""
    for suffix in ("_v3", "_v2", ""):
        function = getattr(library, f"nvmlDeviceGetComputeRunningProcesses{suffix}", None)
        if function is not None:
            count = ctypes.c_uint(0)
            code = function(handle, ctypes.byref(count), None)
            return count.value if code in (0, 7) else None  # 7: NVML_ERROR_INSUFFICIENT_SIZE, the count is set
    return None


def _nvlinks(ask: Callable[..., Any]) -> int | None:
    """Active links; None where the GPU has no NVLink. The first link that is not there ends the list."""
    states = []
    for link in range(_MAX_NVLINKS):
        state = ask("nvmlDeviceGetNvLinkState", link)
        if state is None:
            break
        states.append(state)
    return sum(states) if states else None


def _fabric(handle: Any) -> str | None:
    def state() -> str | None:
        info = pynvml.c_nvmlGpuFabricInfo_t()
        pynvml.nvmlDeviceGetGpuFabricInfo(handle, ctypes.byref(info))
        return _FABRIC_STATES.get(info.state)

    answer: str | None = _value(state)
    return answer


if __name__ == "__main__":
    main()

"""Asks libcuda, as the loader finds it, for its CUDA version, whether it can start, and for its devices.

Answers: `{"step": name}` before a risky call, `{"cuda": {path, version, error, loader}}`, `{"gpu": {…}}` a device.
No context is made: nothing is allocated on a GPU.
"""

from __future__ import annotations

import ctypes
import sys

from doctor.probes._nvidia_child.answers import cuda_text, mapped, say

# CUDA driver API: CUresult values seen from cuInit, for drivers whose cuGetErrorName is missing or fails
_CUDA_ERRORS = {
    1: "CUDA_ERROR_INVALID_VALUE",
    2: "CUDA_ERROR_OUT_OF_MEMORY",
    3: "CUDA_ERROR_NOT_INITIALIZED",
    34: "CUDA_ERROR_STUB_LIBRARY",
    36: "CUDA_ERROR_CALL_REQUIRES_NEWER_DRIVER",
    46: "CUDA_ERROR_DEVICE_UNAVAILABLE",
    100: "CUDA_ERROR_NO_DEVICE",
    101: "CUDA_ERROR_INVALID_DEVICE",
    214: "CUDA_ERROR_ECC_UNCORRECTABLE",
    304: "CUDA_ERROR_OPERATING_SYSTEM",
    800: "CUDA_ERROR_NOT_PERMITTED",
    801: "CUDA_ERROR_NOT_SUPPORTED",
    802: "CUDA_ERROR_SYSTEM_NOT_READY",
    803: "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH",
    804: "CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE",
    999: "CUDA_ERROR_UNKNOWN",
}

_CAPABILITY_MAJOR, _CAPABILITY_MINOR = 75, 76  # CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR and …_MINOR


def main() -> None:
    say(step="loading")
    name = {"win32": "nvcuda.dll", "darwin": ""}.get(sys.platform, "libcuda.so.1")
    try:
        library = ctypes.CDLL(name)
    except OSError as error:
        say(cuda={"loader": str(error)}, done=True)
        return
    version = ctypes.c_int(0)
    failed = library.cuDriverGetVersion(ctypes.byref(version)) if hasattr(library, "cuDriverGetVersion") else 1
    found = {"path": mapped("libcuda.so"), "version": None if failed else cuda_text(version.value)}
    say(cuda=found)
    say(step="cuInit")
    code = library.cuInit(0)
    say(cuda={**found, "error": f"{_cuda_error(library, code)} ({code})" if code else ""})
    if not code:
        say(step="listing devices")
        _list_devices(library)
    say(done=True)


def _list_devices(library: ctypes.CDLL) -> None:
    count = ctypes.c_int(0)
    if library.cuDeviceGetCount(ctypes.byref(count)):
        return
    for index in range(count.value):
        name, memory, major, minor = (
            ctypes.create_string_buffer(256),
            ctypes.c_size_t(),
            ctypes.c_int(),
            ctypes.c_int(),
        )
        device = ctypes.c_int(0)
        failed = library.cuDeviceGet(ctypes.byref(device), index)
        failed = failed or library.cuDeviceGetName(name, len(name), device)
        failed = failed or library.cuDeviceTotalMem_v2(ctypes.byref(memory), device)
        failed = failed or library.cuDeviceGetAttribute(ctypes.byref(major), _CAPABILITY_MAJOR, device)
        failed = failed or library.cuDeviceGetAttribute(ctypes.byref(minor), _CAPABILITY_MINOR, device)
        if not failed:
            capability = f"{major.value}.{minor.value}"
            text = name.value.decode("utf-8", "replace")
            say(gpu={"index": index, "name": text, "compute_capability": capability, "memory_bytes": memory.value})


def _cuda_error(library: ctypes.CDLL, code: int) -> str:
    text = ctypes.c_char_p()
    if hasattr(library, "cuGetErrorName") and not library.cuGetErrorName(code, ctypes.byref(text)) and text.value:
        return text.value.decode("ascii", "replace")
    return _CUDA_ERRORS.get(code, "CUDA error")


if __name__ == "__main__":
    main()

"""PyTorch's XPU build finds no Intel GPU: its driver or runtime is missing or does not match.

## Why it matters
XPU needs Level Zero: the kernel driver (i915 or xe), libze_intel_gpu and the loader, and access to /dev/dri/renderD*.

## What to do
Install Intel's compute runtime and Level Zero loader, join the group `render`, and keep oneAPI's own variables out of
the environment.

## References
- https://dgpu-docs.intel.com/driver/client/overview.html
"""

from __future__ import annotations

from doctor.catalog import build_of
from doctor.facts import Host, Intel, Nvidia, Packages, Runtime, Torch
from doctor.model import Reading, Severity, Status
from doctor.remedy.actions import Action, Advice, JoinGroups, SystemPackage
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "The XPU build of torch finds no device: {why}"
SIGNATURES = (
    r"No XPU devices are available",
    r"XPU call failed lazily at initialization|Failed to enumerate devices via Level Zero",
    r"(?:XPU|DPCPP) [Dd]evice count is zero|Failed to initialize XPU devices|dpcppSetDevice: device_id is out of range",
    r"(?i)Number of dpcpp devices should be greater than zero",
    r"UR_RESULT_ERROR_(?:DEVICE_LOST|UNINITIALIZED|NO_DEVICE|ADAPTER_SPECIFIC|UNSUPPORTED_VERSION|UNKNOWN)",
    r"PI_ERROR_(?:DEVICE_NOT_FOUND|DEVICE_NOT_AVAILABLE|PLUGIN_SPECIFIC)|(?i:No device of requested type)",
    r"Native API failed\. Native API returns: ?-?\d{1,10}\b(?! ?\(\w{0,20}_OUT_OF)",
    r"ZE_RESULT_ERROR_(?:UNINITIALIZED|DEPENDENCY_UNAVAILABLE|DEVICE_LOST|INSUFFICIENT_PERMISSIONS|UNSUPPORTED_VERSION)",
    r"lib(?:ze_loader|ze_intel_gpu|sycl|mkl_sycl\w{0,20}|ur_\w{1,30}|pi_level_zero|OpenCL|ccl)\.so\S{0,6}: cannot open",
    r"lib(?:sycl|ur_loader)\.so\S{0,6}: undefined symbol",
    r"(?:\[WinError 12[67]\]|Error loading|Could not find module).{0,300}[\\/](?:c10_xpu|torch_xpu|sycl\d*"
    r"|ze_loader)\.dll",
    r"Intel GPU driver is not properly installed|RuntimeError: UR error$",  # Unified Runtime's, with no number
    r"RuntimeError: could not create an engine\b",  # oneDNN's
    r"torch\.xpu\.is_available(?:\(\)\)?)?[^\w(),;]{1,6}(?:is|returns|gives)?[^\w(),;]{0,6}\bFalse",
    r"(?i)\bxpu\b.{0,80}\b(?:do|does|did)(?:n't| not) (?:recogni[sz]e|detect|find|see)"
    r" (?:the |my |any |an? )?(?:\w+ )?GPU",
    r"Triton Error \[ZE\]: 0x7(?!000000[23]\b)",  # Level Zero refuses a kernel, and not for want of memory
    r"Abort was called at \d{1,5} line in file:\s{0,4}\S{0,120}shared/source/",  # Intel's compute runtime
)


ON_WINDOWS = (
    "Install the current Intel graphics driver: https://www.intel.com/content/www/us/en/download-center/home.html"
)


def check(
    intel: Reading[Intel], torch: Torch, runtime: Runtime | None, packages: Packages | None, nvidia: Nvidia | None
) -> Answer:
    if runtime and runtime.xpu_available:
        return not_there("runtime.xpu_available", True)
    if not _for_xpu(torch, packages):
        known = torch.build or torch.xpu_version == ""
        return not_there("torch.build", torch.build or "no XPU") if known else cannot_tell("torch.xpu_version")
    if intel.value is None or not intel.value.gpus:
        return _without_gpu(intel, runtime, nvidia)
    return _with_gpu(intel.value, runtime)


def _for_xpu(torch: Torch, packages: Packages | None) -> bool:
    """torch itself, or before 2.5 the extension that brought XPU to it."""
    extension = packages.version("intel-extension-for-pytorch") if packages else None
    return build_of(torch).kind == "xpu" or "xpu" in (extension or "")


def _without_gpu(intel: Reading[Intel], runtime: Runtime | None, nvidia: Nvidia | None) -> Answer:
    """Nobody gets a build for XPU by accident: where nothing tells of GPUs, there most likely is one for it."""
    failed = runtime is not None and runtime.xpu_available is False
    if intel.status is not Status.SKIPPED or not failed or _nvidia.gpus(nvidia):
        return cannot_tell("intel.gpus")
    evidence = seen("runtime.xpu_available", "False", "True")
    return there(evidence, severity=Severity.WARNING, why="the driver or runtime does not respond")


def _with_gpu(intel: Intel, runtime: Runtime | None) -> Answer:
    closed = _closed(intel)
    if closed:
        evidence = seen("intel.device_nodes", f"{closed[0]}: closed", "open to this user")
        return there(evidence, why=f"{closed[0]} is not open to this user")
    if intel.level_zero is False:
        evidence = seen("intel.level_zero", "not found", "libze_loader.so.1")
        return there(evidence, why="the Level Zero runtime is not installed")
    if runtime and runtime.xpu_available is False:
        evidence = seen("runtime.xpu_available", "False", "True")
        return there(evidence, why="the driver or runtime does not respond")
    return cannot_tell("runtime.xpu_available")


def _closed(intel: Intel) -> list[str]:
    """The render nodes, where none of them is open to this user."""
    nodes = [node for node in intel.device_nodes if "renderD" in node.path]
    return [] if any(node.readable and node.writable for node in nodes) else [node.path for node in nodes]


def remedies(host: Host | None, intel: Intel | None) -> tuple[Action, ...]:
    if host and (host.os == "windows" or host.wsl):  # WSL uses the driver of Windows
        return (Advice(title=ON_WINDOWS),)
    join, runtime = JoinGroups(("render",)), SystemPackage("intel gpu runtime")
    if intel and _closed(intel):
        return (join,)
    return (runtime,) if intel and intel.level_zero is False else (runtime, JoinGroups(("render",), step=True))

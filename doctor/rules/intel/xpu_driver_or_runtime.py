"""PyTorch's XPU build finds no Intel GPU: its driver or runtime is missing or does not fit.

## Why it matters
XPU goes through Level Zero: the kernel driver (i915 or xe), libze_intel_gpu and the loader, and access to
/dev/dri/renderD*.

## What to do
Install Intel's compute runtime and Level Zero loader, join the group `render`, and keep oneAPI's own variables out
of the environment.

## References
- https://dgpu-docs.intel.com/driver/client/overview.html
"""

from __future__ import annotations

from doctor.catalog import build_of
from doctor.facts import Host, Intel, Runtime, Torch
from doctor.model import Argv, Remedy, Risk, Severity
from doctor.rules import _nvidia
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "The XPU build of torch finds no device: {why}"
SIGNATURES = (
    r"No XPU devices are available",
    r"XPU [Dd]evice count is zero",
    r"(?i)Number of dpcpp devices should be greater than zero",
    r"UR_RESULT_ERROR_(?:DEVICE_LOST|UNINITIALIZED|NO_DEVICE|ADAPTER_SPECIFIC|UNSUPPORTED_VERSION|UNKNOWN)",
    r"PI_ERROR_(?:DEVICE_NOT_FOUND|DEVICE_NOT_AVAILABLE|PLUGIN_SPECIFIC)|(?i:No device of requested type)",
    r"Native API failed\. Native API returns: ?-?\d{1,10}\b(?! ?\(\w{0,20}_OUT_OF)",
    r"ZE_RESULT_ERROR_(?:UNINITIALIZED|DEPENDENCY_UNAVAILABLE|DEVICE_LOST|INSUFFICIENT_PERMISSIONS|UNSUPPORTED_VERSION)",
    r"lib(?:ze_loader|ze_intel_gpu|sycl|mkl_sycl\w{0,20}|ur_\w{1,30}|pi_level_zero|OpenCL)\.so\S{0,6}: cannot open",
    r"lib(?:sycl|ur_loader)\.so\S{0,60}undefined symbol",
    r"Intel GPU driver is not properly installed",
    r"(?i)\bno (?:Intel|XPU|level[- ]zero) (?:GPU )?(?:device|driver|platform)s? (?:were |was )?(?:found|available)",
)


def check(intel: Intel, torch: Torch, runtime: Runtime | None, host: Host | None) -> Answer | None:
    if build_of(torch).kind != "xpu" or (runtime and runtime.xpu_available):
        return None
    closed = [node for node in intel.device_nodes if "renderD" in node.path and not (node.readable and node.writable)]
    if intel.gpus and closed and len(closed) == sum("renderD" in node.path for node in intel.device_nodes):
        evidence = seen("intel.device_nodes", f"{closed[0].path}: closed", f"group {closed[0].group or 'render'}")
        return there(evidence, why=f"{closed[0].path} is not open to this user")
    if intel.gpus and intel.level_zero is False:
        return there(
            seen("intel.level_zero", "not found", "libze_loader.so.1"), why="the Level Zero runtime is not installed"
        )
    if intel.gpus and runtime and runtime.xpu_available is False:
        return there(seen("runtime.xpu_available", "False", "True"), why="the driver or runtime does not answer")
    return None


def remedies(host: Host | None) -> tuple[Remedy, ...]:
    if host and host.os == "windows":
        return (
            _nvidia.manual(
                "Install the current Intel graphics driver: https://www.intel.com/content/www/us/en/download-center/home.html"
            ),
        )
    kinds = {host.distribution_id, *host.distribution_like} if host else set()
    group: Argv = ("sudo", "usermod", "-aG", "render", "$USER")
    title = "Install the compute runtime and join the group, then log in again"
    apt: Argv = ("sudo", "apt-get", "install", "-y", "libze1", "libze-intel-gpu1", "intel-opencl-icd")
    dnf: Argv = ("sudo", "dnf", "install", "-y", "intel-compute-runtime", "oneapi-level-zero")
    if kinds & {"ubuntu", "debian", "fedora"}:
        return (Remedy(title, (dnf if "fedora" in kinds else apt, group), Risk.ADMIN),)
    return (_nvidia.manual("Install Intel's compute runtime and the Level Zero loader", group),)

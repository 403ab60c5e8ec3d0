"""NVSwitch machines need NVIDIA Fabric Manager running (error 802).

## Why it matters
On HGX and DGX systems the GPUs are joined by NVSwitches. Until Fabric Manager has set these up, CUDA answers
"system not yet initialized" though nvidia-smi shows every GPU. Its version must be the driver's, to the last
number.

## What to do
Install nvidia-fabricmanager of the driver's version, enable and start it. In a virtual machine it runs on the host.

## References
- cudaErrorSystemNotReady (802) in the CUDA runtime API reference
- https://docs.nvidia.com/datacenter/tesla/fabric-manager-user-guide/
"""

from __future__ import annotations

from doctor.facts import Host, Nvidia, Runtime, Torch
from doctor.model import Argv, Remedy, Risk, Severity
from doctor.rules import _nvidia
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "The NVSwitch fabric is not set up: Fabric Manager is {state}"
SIGNATURES = (
    r"system not yet initialized",
    r"cudaErrorSystemNotReady|CUDA_ERROR_SYSTEM_NOT_READY",
    r"(?i)fabric ?manager.{0,80}(?:not running|not (?:been )?started|failed to start|version mismatch|has not started)",
    r"(?i)fabric manager NVIDIA GPU driver interface version \S{1,20} don't match with driver version",
)
EXPLAINS = ("cuda-unavailable", "cuda-unavailable-undetermined", "cuda-init-failed", "cuda-unknown-error-999")
_TOLD = r"system not yet initialized|SYSTEM_NOT_READY|\(802\)"


def check(nvidia: Nvidia, torch: Torch | None, runtime: Runtime | None) -> Answer | None:
    state = nvidia.fabric_manager
    if _nvidia.works(runtime) or state == "running":
        return None
    if told := _nvidia.said(_TOLD, nvidia, runtime):
        return there(
            seen("runtime.cuda_warning", told),
            state={None: "not ready", "absent": "not installed"}.get(state, "stopped"),
            severity=_nvidia.level(torch),
        )
    if not nvidia.nvswitches or state is None:
        return None
    switches = seen("nvidia.nvswitches", nvidia.nvswitches)
    return there(
        seen("nvidia.fabric_manager", state, "running"),
        switches,
        state="not installed" if state == "absent" else "stopped",
        severity=_nvidia.level(torch),
    )


def remedies(nvidia: Nvidia, host: Host | None) -> tuple[Remedy, ...]:
    start: Argv = ("sudo", "systemctl", "enable", "--now", "nvidia-fabricmanager")
    if _nvidia.contained(host):
        return (Remedy("On the host, start Fabric Manager", (start,), Risk.MANUAL),)
    return (
        Remedy(
            "Install and start Fabric Manager of the driver's version", (*_install(nvidia, host), start), Risk.ADMIN
        ),
    )


def _install(nvidia: Nvidia, host: Host | None) -> tuple[Argv, ...]:
    version = nvidia.driver_version or ""
    if nvidia.fabric_manager == "stopped" or not version or host is None:
        return ()
    if {host.distribution_id, *host.distribution_like} & {"ubuntu", "debian"}:
        branch = version.partition(".")[0]
        name = "nvidia-fabricmanager" if int(branch) >= 580 else f"nvidia-fabricmanager-{branch}"
        return (("sudo", "apt-get", "install", "-y", f"{name}={version}-1"),)
    return (("sudo", "dnf", "install", "-y", f"nvidia-fabric-manager-{version}"),)

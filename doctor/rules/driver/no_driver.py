"""There is no NVIDIA driver (or no NVIDIA GPU) on this machine.

## Why it matters
A CUDA build of PyTorch uses the GPU through the NVIDIA driver. Without it, it runs on the CPU. On a machine without an
NVIDIA GPU that is to be expected.

## What to do
With an NVIDIA GPU: install the driver and restart. Without one: do nothing, or install the smaller CPU build.

## References
- https://docs.nvidia.com/datacenter/tesla/driver-installation-guide/
"""

from __future__ import annotations

from doctor.facts import Amd, ErrorText, Host, Nvidia, Runtime, Torch
from doctor.model import Evidence, Severity
from doctor.remedy.actions import Action, Driver, FittingTorch
from doctor.rules import _nvidia
from doctor.rules.amd import _targets
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.windows import _shell

SEVERITY = Severity.ERROR
MESSAGE = "{gpu} has no driver: PyTorch cannot use it"
NO_GPU = "This machine has no NVIDIA GPU and no driver: PyTorch runs on the CPU"
NO_ANSWER = "No NVIDIA driver answers on this machine: PyTorch runs on the CPU"
NOT_NVIDIA = "The program asks for an NVIDIA GPU and its driver, and the GPU here is {gpu}"
SIGNATURES = (
    r"[Ff]ound no NVIDIA driver on (?:your|this) (?:system|computer|machine)",
    r"CUDA driver version is insufficient for CUDA runtime version.{0,80}\bversion 0\b",
    r"(?i)nvidia-smi(?:'| |:)(?!.{0,60}\b(?:nvcc|shows?|sees?|works?|fine|prints?|lists?|ok)\b)"
    r".{0,60}(?:command not found|No such file or directory)",
    r"command not found: nvidia-smi|'nvidia-smi' not found",
    _shell.not_recognized("nvidia-smi"),
    r"Could not find cuda drivers on your machine",
    r"^\W{0,5}No devices were found\W{0,5}$",
    r"nvcuda\.dll.{0,80}(?:not found|could not be found|cannot be found)|Could not find module 'nvcuda\.dll'",
    r"lib(?:cuda|nvidia-ml)\.so(?:\.1)?: cannot open shared object file",
    r"cuda driver can't be loaded, is cuda enabled",
)
UNLESS = (rf"(?i)^(?!.*(?:NVIDIA|GeForce|\b[GR]TX\b)).*{_targets.RADEON}",)  # the GPU here is not one of NVIDIA's
EXPLAINS = (
    "cuda-unavailable",
    "cuda-unavailable-undetermined",
    "cpu-only-build-on-gpu-machine",
    "foreign-extension-dll-load",
)


_NO_DEVICE = r"No CUDA GPUs are available|object on a CUDA device but torch\.cuda\.is_available\(\) is False"
_TOO_OLD = r"driver on your system is too old|CUDA driver version is insufficient|No CUDA GPUs are available"


def check(
    nvidia: Nvidia | None,
    torch: Torch | None,
    host: Host | None,
    runtime: Runtime | None,
    error: ErrorText | None,
    amd: Amd | None,
) -> Answer:
    if host and host.os == "macos":
        return _nvidia.ON_A_MAC
    if host and (notebook := _nvidia.notebook(host)):
        return not_there("host.container", notebook)  # whose machines with a GPU have a driver
    if _nvidia.works(runtime) and _nvidia.cuda_build(torch):
        return _nvidia.WORKS
    told = _nvidia.matching_line((*SIGNATURES, _TOO_OLD), None, runtime, error)
    if told and not _nvidia.other_build(torch) and (gpu := _nvidia.only_amd(amd, nvidia)):
        return there(seen("error.text", told), seen("amd.gpus", gpu), message=NOT_NVIDIA, gpu=gpu)
    if nvidia is None:
        return cannot_tell("nvidia.driver_version")
    if trace := nvidia.driver_version or nvidia.module_version or (nvidia.module_installed and "a kernel module"):
        return not_there("nvidia.driver_version", trace)
    answers = nvidia.nvml_error not in ("", "NVML_ERROR_LIBRARY_NOT_FOUND")
    if nvidia.driver_version is None or _nvidia.driven(nvidia) or answers:
        return cannot_tell("nvidia.driver_version")
    none = seen("nvidia.driver_version", "no driver", "an NVIDIA driver")
    if nvidia.pci_gpus and not _nvidia.on_wsl(host):
        return _with_gpu(nvidia, torch, host, none)
    if nvidia.gpus is None:
        return cannot_tell("nvidia.gpus")
    if message := _missed(torch, error):
        return there(none, message=message)
    if _nvidia.cuda_build(torch):
        return there(none, severity=Severity.INFO, message=NO_GPU if nvidia.pci_gpus == () else NO_ANSWER)
    return cannot_tell("torch.build")


def _missed(torch: Torch | None, error: ErrorText | None) -> str:
    """What is to be said where a program wanted the GPU; "" where none did."""
    if _nvidia.matching_line(SIGNATURES, None, None, error):
        return NO_GPU
    return NO_ANSWER if _nvidia.cuda_build(torch) and _nvidia.matching_line(_NO_DEVICE, None, None, error) else ""


def _with_gpu(nvidia: Nvidia, torch: Torch | None, host: Host | None, none: Evidence) -> Answer:
    if _nvidia.contained(host):
        return cannot_tell("nvidia.module_version")  # the host may have one
    gpu = _nvidia.names(nvidia.pci_gpus or ())
    level = Severity.ERROR if torch is None or _nvidia.cuda_build(torch) else Severity.WARNING
    return there(none, seen("nvidia.pci_gpus", gpu), severity=level, gpu=gpu)


def remedies(nvidia: Nvidia | None, host: Host | None, amd: Amd | None) -> tuple[Action, ...]:
    if _nvidia.only_amd(amd, nvidia):
        return (FittingTorch(),)
    none = nvidia is not None and nvidia.gpus == () and not nvidia.pci_gpus and not _nvidia.on_wsl(host)
    return () if none else (Driver(),)

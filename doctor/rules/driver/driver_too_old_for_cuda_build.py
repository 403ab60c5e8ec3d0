"""The NVIDIA driver is too old for the CUDA version of this PyTorch build.

## Why it matters
Every CUDA major version has a minimum driver: CUDA 13 needs 580, CUDA 12 needs 525, CUDA 11 needs 450. That is enough
for all minor versions; before CUDA 11 each minor version needed its own. With an older driver PyTorch finds no device.

## What to do
Install a build for the CUDA version that the driver supports, or update the driver.

## References
- https://docs.nvidia.com/deploy/cuda-compatibility/
"""

from __future__ import annotations

import re

from doctor import catalog
from doctor.catalog import BuildTag, Version, build_of
from doctor.facts import Amd, ErrorText, Host, Nvidia, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Driver, FittingTorch
from doctor.rules import _nvidia
from doctor.rules.api import Answer, NotThere, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "Driver {driver} is too old for torch {torch}: CUDA {cuda} needs {needed} or later"
NO_BUILD = "Driver {driver} is too old for every CUDA build of torch {torch}: CUDA {cuda} needs {needed} or later"
LACKING = "The driver (CUDA {carried}) lacks a function of CUDA {needed} that a compiled library calls: {function}"
SIGNATURES = (
    r"The NVIDIA driver on your system is too old \(found version (?P<found>\d{4,6})\)",
    r"NVIDIA driver on your system is too old",
    r"CUDA driver version is insufficient for CUDA runtime version(?!.{0,80}\bversion 0\b)",
    r"cudaErrorInsufficientDriver|CUDA_ERROR_INSUFFICIENT_DRIVER",
    r"API call is not supported in the installed CUDA driver|cudaErrorCallRequiresNewerDriver",
    r"requirement error: unsatisfied condition: (?:cuda ?[>=]\S{0,20}|(?:brand|driver)\S{0,40}.{0,60}"
    r"please update your driver)",
    r"a PyTorch version that has been compiled with your version",
    r"CUDA initialization failure with error: 35\b",  # TensorRT
    r"built for NVIDIA Driver Release [\d.]+ or later, but\s{1,12}version \d[\d.]+ was detected and compatibility"
    r" mode is UNAVAIL",
    r"undefined symbol: cu(?:TensorMapEncode|GreenCtx|Multicast)[A-Z]\w{2,30}",  # of the driver, not of the runtime
)
OLDER_LIBRARY = "Or install a build or release of that library for the CUDA version that nvidia-smi shows"
EXPLAINS = (
    "cuda-unavailable",
    "cuda-unavailable-undetermined",
    "cuda-init-failed",
    "ptx-unsupported-toolchain",
    "forward-compat-unsupported",
    "cuda-unknown-error-999",
    "gpu-arch-dropped-by-build",
    "bitsandbytes-library-missing",
)
_FOUND = re.compile(r"driver on your system is too old \(found version \d{5}\)")
_FUNCTIONS = re.compile(r"undefined symbol: (?P<function>cu(?P<kind>TensorMap|GreenCtx|Multicast)\w{2,40})")
_FIRST_WITH = {"TensorMap": "12.0", "Multicast": "12.1", "GreenCtx": "12.4", "cuGreenCtxStreamCreate": "12.5"}


def check(
    nvidia: Nvidia | None,
    torch: Torch | None,
    host: Host | None,
    runtime: Runtime | None,
    amd: Amd | None,
    error: ErrorText | None,
) -> Answer:
    if error and (called := _FUNCTIONS.search(error.text)):
        return _lacking(called, nvidia, host)  # torch itself may well work on this driver
    cuda = build_of(torch).cuda
    if _nvidia.works(runtime):
        return _nvidia.WORKS
    if radeon := _nvidia.only_amd(amd, nvidia):
        return not_there("amd.gpus", radeon, "an NVIDIA GPU")  # CUDA calls a driver that is not there too old
    if nvidia is None or torch is None:
        return cannot_tell("nvidia.driver_version" if nvidia is None else "torch.version")
    if not cuda:
        build = _nvidia.other_build(torch)
        return not_there("torch.build", build, "a CUDA build") if build else _for_none(torch, nvidia, host)
    if nvidia.driver_version == "":
        return not_there("nvidia.driver_version", "no driver")
    needed = catalog.minimum_driver(cuda, _numbering(host))
    if driver := Version.of(nvidia.driver_version):
        evidence = seen("nvidia.driver_version", nvidia.driver_version, f"{needed} or later")
        shown = str(nvidia.driver_version)
        older = driver.older_than(needed)
    elif carried := Version.of(nvidia.cuda_version):
        first = _first_of_major(Version.of(cuda))
        evidence = seen("nvidia.cuda_version", nvidia.cuda_version, f"{first} or later")
        shown = f"of CUDA {nvidia.cuda_version}"
        older = carried.older_than(first)
    else:
        return cannot_tell("nvidia.driver_version")
    if not older:  # torch's own complaint is of the torch that ran, which another may be
        return cannot_tell("torch.version") if error and _FOUND.search(error.text) else NotThere((evidence,))
    return there(evidence, driver=shown, torch=torch.version or f"for CUDA {cuda}", cuda=cuda, needed=needed)


def _for_none(torch: Torch, nvidia: Nvidia, host: Host | None) -> Answer:
    """Of a release whose build is not known: none of its builds runs on this driver, the one for the CPU apart."""
    unknown = not (torch.build or torch.source_build) and torch.cuda_version is None and torch.installer != "conda"
    release = catalog.release(torch.version or "") if unknown else None
    builds = (Version.of(BuildTag.of(row.build).cuda) for row in (release.builds if release else ()))
    oldest, driver = min(filter(None, builds), default=None), Version.of(nvidia.driver_version)
    needed = catalog.minimum_driver(str(oldest), _numbering(host)) if oldest and driver else ""
    if not needed or not driver.older_than(needed):
        return cannot_tell("torch.cuda_version" if driver else "nvidia.driver_version")
    evidence = seen("nvidia.driver_version", nvidia.driver_version, f"{needed} or later")
    return there(
        evidence,
        severity=Severity.WARNING,
        message=NO_BUILD,
        driver=nvidia.driver_version,
        torch=torch.version,
        cuda=oldest,
        needed=needed,
    )


def _lacking(called: re.Match[str], nvidia: Nvidia | None, host: Host | None) -> Answer:
    function = called["function"]
    needed = _FIRST_WITH.get(function) or _FIRST_WITH[called["kind"]]
    carried = _carried(nvidia, host)
    if not carried:
        return cannot_tell("nvidia.cuda_version")
    evidence = seen("nvidia.cuda_version", carried, f"{needed} or later")
    if not Version.of(carried).older_than(needed):
        return NotThere((evidence,))
    told = seen("error.text", called[0])
    return there(told, evidence, message=LACKING, carried=carried, needed=needed, function=function)


def _carried(nvidia: Nvidia | None, host: Host | None) -> str | None:
    """The CUDA version of the driver, as it says or by its own version."""
    if nvidia is None:
        return None
    driver = nvidia.driver_version
    return nvidia.cuda_version or (catalog.driver_cuda(driver, _numbering(host)) if driver else None)


def _first_of_major(cuda: Version) -> str:
    """From CUDA 11 on a driver runs every minor version of its major one."""
    return str(cuda.cut(2)) if cuda.older_than("11") else f"{cuda.cut(1)}.0"


def _numbering(host: Host | None) -> str:
    """Inside WSL the driver carries the Windows side's number."""
    return "windows" if host is not None and (host.os == "windows" or bool(host.wsl)) else "linux"


def remedies(torch: Torch | None, host: Host | None, error: ErrorText | None) -> tuple[Action, ...]:
    if error and _FUNCTIONS.search(error.text):
        return (Driver(), Advice(title=OLDER_LIBRARY))
    needed = catalog.minimum_driver(build_of(torch).cuda, _numbering(host))
    return (FittingTorch(accelerator="cuda"), Driver(at_least=needed))

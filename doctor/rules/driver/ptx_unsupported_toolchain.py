"""PTX made by a newer CUDA than the driver knows cannot be compiled on this machine.

## Why it matters
Minor-version compatibility covers machine code only. Intermediate code (PTX) is compiled by the driver, and a
driver older than the CUDA version that made it refuses: "the provided PTX was compiled with an unsupported
toolchain".

## What to do
Update the driver to the CUDA version of the build or later, or use a build (or extension) that has machine code for
the GPU.

## References
- cudaErrorUnsupportedPtxVersion (222) in the CUDA runtime API reference
"""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import Version, build_of
from doctor.facts import ErrorText, Host, Nvidia, Python, Runtime, Torch
from doctor.model import Remedy, Severity
from doctor.rules import _nvidia
from doctor.rules._driver import install_driver
from doctor.rules.api import Answer, seen, there
from doctor.rules.gpu import _support

SEVERITY = Severity.ERROR
MESSAGE = "{gpu} needs PTX of CUDA {cuda}, and driver {driver} compiles it only up to CUDA {carried}"
SIGNATURES = (
    r"the provided PTX was compiled with an unsupported toolchain",
    r"cudaErrorUnsupportedPtxVersion|CUDA_ERROR_UNSUPPORTED_PTX_VERSION",
    r"(?:ptxas|PTX JIT).{0,120}(?:unsupported PTX version|PTX version \d\.\d{1,2} is not supported)",
    r"Unsupported \.version \d{1,2}\.\d; current version is",
)
EXPLAINS = ("gpu-arch-newer-than-build",)
_TOLD = SIGNATURES[0]


def check(
    nvidia: Nvidia,
    torch: Torch,
    runtime: Runtime | None,
    host: Host | None,
    python: Python | None,
    error: ErrorText | None,
) -> Answer | None:
    cuda = build_of(torch).cuda
    carried = nvidia.cuda_version or catalog.driver_cuda(nvidia.driver_version or "")
    if not carried or not Version.of(carried).older_than(cuda):
        return None
    told = _nvidia.said(_TOLD, None, runtime, error)
    judged = _support.judge(nvidia, torch, runtime, host, python)
    jit = judged.newer if judged and judged.code.ptx else ()
    if not told and not jit:
        return None
    evidence = seen("nvidia.driver_version", nvidia.driver_version or carried, f"one that carries CUDA {cuda}")
    driver = nvidia.driver_version or "installed here"
    gpu = _nvidia.names(jit or _nvidia.gpus(nvidia)) or "The program"
    return there(evidence, gpu=gpu, cuda=cuda, driver=driver, carried=carried)


def remedies(torch: Torch, host: Host | None) -> tuple[Remedy, ...]:
    cuda = build_of(torch).cuda
    rows = {row.cuda: row for row in catalog.drivers().toolkits}
    bundled = rows[cuda].toolkit_linux if cuda in rows else ""
    return install_driver(host, bundled)

"""This PyTorch build no longer has code for the GPU's generation.

## Why it matters
Newer builds leave out old generations: builds for CUDA 12.8 and later have no code for Maxwell and Pascal, those for
CUDA 13 none for Volta, and Kepler was dropped long before. The driver lists the GPU, but the first kernel fails.

## What to do
Install a build that still supports it (often the same release for an older CUDA, such as cu126), or an older release.

## References
- torch.cuda.get_arch_list() and the table DEVICE_REQUIREMENT in torch/cuda/__init__.py
"""

from __future__ import annotations

from doctor.facts import ErrorText, Host, Nvidia, Python, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, FittingTorch, Rerun
from doctor.rules import _nvidia
from doctor.rules.api import Answer, There, cannot_tell, seen, there
from doctor.rules.gpu import _support

SEVERITY = Severity.ERROR
MESSAGE = "This build of torch {torch} has no code for {gpu} (compute capability {capability}): it starts at {oldest}"
LIKELY = "{gpu} (compute capability {capability}) most likely is older than what this build of PyTorch has code for"
BESIDE = MESSAGE + "; the other GPU works"
SIGNATURES = (
    r"which is of (?:cuda )?capability (?P<capability>[2-7]\.\d)\.",
    r"PyTorch no longer supports this GPU because it is too old|which is of cuda capability %d\.%d\.",
    r"\bsm_(?P<capability>[2-7]\d)\w? is not compatible with the current PyTorch",
    r"of compute capability \(CC\) (?P<capability>[2-7]\.\d)\.",
    r"(?:minimum|Minimum) cuda capability (?:supported by this library is|that we support is)",
    *_support.OLD_WITHOUT_KERNEL,
    r"If you want to use the (?:NVIDIA )?(?:GeForce )?(?:GTX|GT |MX|Tesla [KMP]|Quadro [KMP]|TITAN X|9[5678]0).{0,40}"
    r" GPU with PyTorch, please check",
    # how people tell it
    r"(?i)\b(?:cu1[23]\d|(?:py)?torch \d[\d.+a-z]{1,14})\b.{0,40}\b(?:no longer supports?|dropped (?:the )?support for)"
    r" .{0,24}\b(?:Maxwell|Pascal|Volta|sm_[567]\d|GTX ?(?:9|10)\d0)\b",
)
EXPLAINS = ("cudnn-internal-error", "cublas-not-initialized", "gpu-arch-newer-than-build")


def check(
    nvidia: Nvidia,
    torch: Torch | None,
    runtime: Runtime | None,
    host: Host | None,
    python: Python | None,
    error: ErrorText | None,
) -> Answer:
    judged = _support.judge(nvidia, torch, runtime, host, python) if torch else None
    if torch is None or judged is None or judged.unknown:
        likely = _by_error(nvidia, error)
        if torch is None or isinstance(likely, There):
            return likely
    if judged is None or not judged.dropped:
        return _support.otherwise(judged, nvidia, host)
    gpu, capability = _support.worst(judged.dropped)
    oldest = judged.code.ordered[0].sm
    return there(
        seen("nvidia.gpus", f"{gpu}: {capability}"),
        seen(judged.code.source, judged.code.shown, f"code for {capability}"),
        severity=judged.severity if judged.is_sure(runtime, error) else Severity.WARNING,
        message=BESIDE if judged.runs else "",
        gpu=gpu,
        capability=capability,
        torch=torch.version,
        oldest=oldest,
    )


def _by_error(nvidia: Nvidia, error: ErrorText | None) -> Answer:
    """Of a build or a GPU that nobody tells, the error tells enough where every GPU is of a generation that builds
    leave out."""
    found = _nvidia.gpus(nvidia)
    told = _nvidia.matching_line(_support.NO_KERNEL, None, None, error)
    if not found or not told or not all(map(_support.is_old, found)):
        return cannot_tell("torch")
    gpu, capability = _support.worst(found)
    evidence = seen("nvidia.gpus", f"{gpu}: {capability}"), seen("error.text", told)
    return there(*evidence, severity=Severity.WARNING, message=LIKELY, gpu=gpu, capability=capability)


def remedies(
    python: Python | None, host: Host | None, nvidia: Nvidia | None, torch: Torch | None, runtime: Runtime | None
) -> tuple[Action, ...]:
    judged = _support.judge(nvidia, torch, runtime, host, python) if nvidia and torch else None
    if judged is None or not judged.runs:
        return (FittingTorch(accelerator="cuda"),)
    chosen = ",".join(str(gpu.index) for gpu in judged.runs)
    show = (("CUDA_DEVICE_ORDER", "PCI_BUS_ID"), ("CUDA_VISIBLE_DEVICES", chosen))
    return (Rerun(title="Make only the GPU visible that PyTorch can use", set=show),)

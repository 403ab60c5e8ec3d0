"""The GPU is newer than anything this PyTorch build has code for.

## Why it matters
A build contains machine code for a list of GPU generations. There is none for a GPU of a later generation: "no kernel
image is available for execution on the device".

## What to do
Install a build for a CUDA version that knows the GPU: CUDA 11.1 and later for Ampere GeForce, 11.8 for Ada and Hopper,
12.8 for Blackwell.

## References
- torch.cuda.get_arch_list() and the table DEVICE_REQUIREMENT in torch/cuda/__init__.py
"""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import Version, floors
from doctor.facts import ErrorText, Gpu, Host, Nvidia, Python, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Driver, FittingTorch
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.gpu import _support

SEVERITY = Severity.ERROR
MESSAGE = "{gpu} (compute capability {capability}) is newer than this build of torch {torch}, which ends at {newest}"
LIKELY = "{gpu} (compute capability {capability}) is newer than CUDA {cuda}, which this PyTorch is built with"
BESIDE = MESSAGE + "; the other GPU works"
SIGNATURES = (
    r"\bsm_(?P<capability>(?:8|9|1[0-9])\d)\w? is not compatible with the current PyTorch",
    r"of compute capability \(CC\) (?P<capability>(?:8|9|1\d)\.\d)\.",
    r"No published PyTorch CUDA builds for release .{0,60} support this GPU",
    r"does not include kernels for this GPU",
    r"Detected NVIDIA .{1,60} GPU, which (?:is not yet|may not yet be) supported in this version of the container",
    r"nvrtc: error: invalid value for --gpu-architecture",
    r"[Nn]o kernel ?image is available\b",
    r"(?i)no kernel image (?:is )?available(?: for sm_1[0-9]\d)",
    r"\bwith CUDA sm_(?P<capability>(?:8|9|1[0-9])\d)\w? not compatible\b",
    # the last line of torch's warning, where the first ones are cut off
    r"If you want to use the (?:NVIDIA )?(?:GeForce )?(?:RTX|[AH]\d{2,3}\b|[GL]?B\d|L\d).{0,40}"
    r" GPU with PyTorch, please check",
    # how people tell it of the newest generation
    r"(?i)\b(?:Blackwell|(?:RTX ?)?50[5-9]0(?: ?Ti)?) (?:cards?|GPUs?)\b[^.?!]{0,20}(?:throws? an error"
    r"|(?:can ?not|can't) be used|(?:is|are) not (?:yet )?supported|(?:do|does)(?: not|n't) work)",
    r"(?i)\bsm_1[0-9]\d error\b",
    r"(?i)\b(?:RTX ?)?50[5-9]0(?: ?Ti)?\b[^.?!]{0,60}\bno kernel image(?! is avail)",
    r"(?i)torch ?(?:还|目前|暂时?)?不支持 ?(?:sm_?)?1[02]\d(?!\d)"
    r"|torch (?:does not|doesn't) (?:yet )?support sm_?1[02]\d(?!\d)",
    r"(?i)\bbreaks (?:NVIDIA )?(?:GeForce )?RTX (?:PRO )?[56]\d{3}\b.{0,30}\bsupport\b",
    r"FATAL: kernel `\w{1,100}` is for sm\d{2,3}-sm\d{2,3}, but was built for sm\d{2,3}",
    r"cudaErrorNoKernelImageForDevice|CUDA_ERROR_NO_BINARY_FOR_GPU",
    r"ValueError: Unknown CUDA arch \(\d{1,2}\.\d\+?(?:PTX)?\) or GPU not supported",
    # cuFFT of CUDA 11.7 and older knows no Ada
    r"(?i)\bRTX ?40[5-9]0\b.{0,80}\bCUFFT_INTERNAL_ERROR|\bCUFFT_INTERNAL_ERROR\b.{0,80}\bRTX ?40[5-9]0\b",
    # PyTorch's attention, of which the driver compiled the PTX for the oldest GPUs
    r"\bis for sm_?\d{2,3}(?:-sm_?\d{2,3})?, ?but was built for sm_?\d{2,3}",
    r"(?<!HIP error: )(?<!Triton Error \[CUDA\]: )device kernel image is invalid|cudaErrorInvalidKernelImage",
)
UNLESS = _support.OLD_WITHOUT_KERNEL
EXPLAINS = (
    "harmless-arch-warning",
    "cudnn-internal-error",
    "cublas-not-initialized",
    "toolkit-too-old-for-gpu-arch",
    "nccl-unhandled-cuda-error",
    "user-code-error",
)


def check(
    nvidia: Nvidia,
    torch: Torch | None,
    runtime: Runtime | None,
    host: Host | None,
    python: Python | None,
    error: ErrorText | None,
) -> Answer:
    found = _nvidia.gpus(nvidia)
    if found and all(map(_support.is_old, found)):  # an old GPU is in no build's future
        return not_there("nvidia.gpus", _nvidia.names(found))
    if torch is None:
        return cannot_tell("torch")
    if torch.version is None and not (runtime and runtime.arch_list):
        return _by_cuda(nvidia, torch)
    judged = _support.judge(nvidia, torch, runtime, host, python)
    if judged is None or not judged.newer:
        return _support.otherwise(judged, nvidia, host)
    gpu, capability = _support.worst(judged.newer)
    listed = seen(judged.code.source, judged.code.shown, f"code for {capability}")
    newest = judged.code.ordered[-1].sm
    return there(
        seen("nvidia.gpus", f"{gpu}: {capability}"),
        listed,
        severity=Severity.ERROR if judged.is_sure(runtime, error) else Severity.WARNING,
        message=BESIDE if judged.runs else "",
        gpu=gpu,
        capability=capability,
        torch=torch.version,
        newest=newest,
    )


def _by_cuda(nvidia: Nvidia, torch: Torch) -> Answer:
    """Of a build whose version nobody tells, the compiler of its CUDA tells what it cannot have code for."""
    have = torch.cuda_version or ""
    newer = tuple(gpu for gpu in _nvidia.gpus(nvidia) if _is_beyond(gpu, have))
    if not newer:
        return cannot_tell("torch.version")
    gpu, capability = _support.worst(newer)
    evidence = seen("nvidia.gpus", f"{gpu}: {capability}"), seen("torch.cuda_version", have)
    return there(*evidence, severity=Severity.WARNING, message=LIKELY, gpu=gpu, capability=capability, cuda=have)


def _is_beyond(gpu: Gpu, cuda: str) -> bool:
    device = _support.capability(gpu) or ""
    return not _support.is_old(gpu) and not floors.can_compile(cuda, device)


def remedies(nvidia: Nvidia | None) -> tuple[Action, ...]:
    """Where the driver does not know the GPU either, no build helps before another driver."""
    rows = [catalog.architecture(_support.capability(gpu) or "") for gpu in _nvidia.gpus(nvidia)]
    first = max((row.first_driver for row in rows if row), key=Version.of, default="")
    old = nvidia is not None and Version.of(nvidia.driver_version).older_than(first)
    return (Driver(at_least=first),) if old else (FittingTorch(accelerator="cuda"),)

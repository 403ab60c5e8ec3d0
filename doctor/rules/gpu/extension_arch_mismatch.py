"""A compiled extension has no code for this GPU, although PyTorch itself has.

## Why it matters
Extensions (flash-attn, apex, detectron2, vLLM, your own CUDA ops) contain their own GPU code. If built for other GPUs,
they fail with "no kernel image" while plain PyTorch works.

## What to do
Rebuild the extension on this machine with TORCH_CUDA_ARCH_LIST set to the GPU's capability, or install a wheel made for
it.

## References
- https://docs.pytorch.org/docs/stable/cpp_extension.html
"""

from __future__ import annotations

import re

from doctor import catalog
from doctor.catalog import Version
from doctor.facts import ErrorText, Host, Nvidia, Python, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Install
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.gpu import _support
from doctor.rules.packages import _extensions
from doctor.rules.platform import _jetson

SEVERITY = Severity.ERROR
MESSAGE = "torch {torch} has code for {gpu} ({capability}), so the missing kernel belongs to an extension"
JETSON = "NVIDIA's torch {torch} has code for this {board}, so the missing kernel belongs to an extension"
BUILT = "{package} has code for compute capability {listed}, but not for {gpu} ({capability})"
_EXTENSIONS = (
    r"(?i:flash[-_]?attn|xformers|apex|detectron2|mmcv|pytorch3d|vllm|exllama|bitsandbytes|spconv|tiny-?cuda-?nn|gptq"
    r"|natten|flashinfer|sgl[-_]kernel|sage[-_]?attn|sageattention|causal_conv1d|mamba_ssm|gsplat|diff_gaussian|torch_scatter|torch_sparse|onnxruntime|llama|turbomind"
    r"|lmdeploy)"
)
SIGNATURES = (
    r"\[TM\]\[\w{4,7}\].{0,200}(?:no kernel image is available|[Nn]o (?:\w+ )?kernel found)",  # LMDeploy's TurboMind
    r"(?i)turbomind.{0,60}\b(?:no|not have|without|lacks?)\b.{0,20}\bkernels?\b.{0,60}\bsm_?\d{2,3}",
    _EXTENSIONS + r".{0,200}no kernel image is available",
    r"(?<!torch\.)\b_(?:C|ext|cuda|backend)\.[a-z]\w{2,60}\(.{0,60}no kernel image is available",
    r"(?:no kernel image is available for execution on the device|invalid device function"
    r"|device kernel image is invalid)(?: \(\d{1,3}\))? \(?(?:at )?(?:line \d+ in file )?\S{1,200}"
    r"\.(?:cu|cuh|hip|cpp|h)\b",
    r"error in \w{1,40}: no kernel image is available for execution on the device",
    r"No compiled \w{1,60}\b.{0,80}\bCUDA device capability: \d",  # vLLM
    r"Could not find compatible \w{2,40} extension for compute capability \d{2,3}",
    r"CUDA error: (?:invalid device function|device kernel image is invalid)",
    r"cuda runtime error \((?:8|98|200)\) : (?:invalid device function|device kernel image is invalid)",
)
EXPLAINS = ("gpu-arch-newer-than-build", "gpu-arch-dropped-by-build")
OPS = "The missing kernel is one of {package}: it was raised in its compiled operations"
_RAISED_IN = re.compile(
    r"(?:^|[\s\"'(/\\])(?P<package>mmcv|mmdet3d|detectron2|pytorch3d|spconv|pointnet2_ops|MinkowskiEngine|torch_scatter"
    r"|torch_sparse|torch_cluster|natten|mamba_ssm|causal_conv1d|gsplat|tinycudann|exllamav?2?|auto_gptq|flash_attn"
    r"|diff_gaussian_rasterization)[/\\](?:[\w-]{1,40}[/\\]){0,4}\w{1,60}\.py\b"
)
_FRAME = re.compile(r"^\s*File \"")
_TOLD = r"[Nn]o kernel image is available|invalid device function"


def check(
    error: ErrorText | None,
    nvidia: Nvidia | None,
    torch: Torch | None,
    runtime: Runtime | None,
    host: Host | None,
    python: Python | None,
) -> Answer:
    told = _nvidia.matching_line(_TOLD, None, None, error)
    judged = _support.judge(nvidia, torch, runtime, host, python) if nvidia and torch else None
    without = (*judged.newer, *judged.dropped) if judged else ()
    if nvidia and without and len(without) == len(nvidia.gpus or ()):
        return not_there("nvidia.gpus", _nvidia.names(without), "code in torch itself")
    if nvidia and (built := _built_for_others(runtime, nvidia, sure=bool(told))):
        return built
    board = _jetson.board(host, nvidia)
    if told and board and torch and _jetson.is_nvidias(torch):
        wheel = seen("torch.version", torch.version)
        return there(seen("error.text", told), wheel, message=JETSON, torch=torch.version, board=board)
    if (judged is None or judged.unknown) and (package := _raised_in(error, told)):
        return there(seen("error.text", told), message=OPS, package=package)
    if nvidia is None or torch is None:
        return cannot_tell("nvidia.gpus" if nvidia is None else "torch.version")
    if judged is None:
        return _support.otherwise(judged, nvidia, host)
    if without or judged.unknown or not told:
        return cannot_tell("error.text" if not told else "nvidia.gpus")
    gpu, capability = _support.worst(judged.runs)
    listed = seen(judged.code.source, judged.code.shown)
    return there(seen("error.text", told), listed, torch=torch.version, gpu=gpu, capability=capability)


def _raised_in(error: ErrorText | None, told: str) -> str:
    """The package in whose operations it was raised: in a traceback the last frame, else the file that is named."""
    lines = error.text.splitlines() if error and told else []
    end = next((index for index, line in enumerate(lines) if line.strip() == told), 0)
    frames = [line for line in lines[:end] if _FRAME.match(line)]
    named = [found for line in (frames[-1:] or lines) if (found := _RAISED_IN.search(line))]
    return named[-1]["package"] if named else ""


def _built_for_others(runtime: Runtime | None, nvidia: Nvidia, *, sure: bool) -> Answer | None:
    """An extension whose code was listed. That it carries no PTX beside it is not: a newer GPU may still run it."""
    for module in runtime.modules if runtime else ():
        known = {gpu: c for gpu in _nvidia.gpus(nvidia) if (c := _support.capability(gpu))}
        without = tuple(gpu for gpu, c in known.items() if module.built_sm and not catalog.runs_on(c, module.built_sm))
        if not without or not module.built_sm:
            continue
        older = all(Version.of(known[gpu]) < min(map(Version.of, module.built_sm)) for gpu in without)
        level = SEVERITY if (sure or older) and len(without) == len(known) else Severity.WARNING
        if not (sure or older) and _nvidia.works(runtime):
            level = Severity.INFO
        gpu, capability = _support.worst(without)
        listed, package = ", ".join(module.built_sm), module.name.partition(".")[0]
        evidence = seen("runtime.modules", f"{module.name}: {listed}", f"code for {capability}")
        return there(
            evidence, severity=level, message=BUILT, package=package, listed=listed, gpu=gpu, capability=capability
        )
    return None


def remedies(nvidia: Nvidia | None, runtime: Runtime | None) -> tuple[Action, ...]:
    known = sorted({c for gpu in _nvidia.gpus(nvidia) if (c := _support.capability(gpu))})
    if not known:
        return (Advice(title="Rebuild the extension with TORCH_CUDA_ARCH_LIST set to the capability of the GPU"),)
    return (
        Install(
            title="Rebuild the extension for this GPU",
            requirements=(_requirement(runtime),),
            anew=True,
            flags=("--no-build-isolation", "--no-cache-dir"),
            set=(("TORCH_CUDA_ARCH_LIST", ";".join(known)),),
        ),
    )


def _requirement(runtime: Runtime | None) -> str:
    """The extension that is known to be built for other GPUs, from its source."""
    built = next((module.name for module in (runtime.modules if runtime else ()) if module.built_sm), "")
    name = built.partition(".")[0]
    return f"{name} @ git+{_extensions.SOURCES[name]}" if name in _extensions.SOURCES else name or "EXTENSION"

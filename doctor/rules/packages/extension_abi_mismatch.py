"""A compiled extension was built for another torch.

## Why it matters
flash-attn, xformers, detectron2, mmcv, torch-scatter and others contain C++ code compiled against one version of torch.
When torch changes, they no longer find its symbols or libraries. Only what is built on torch's stable ABI (torchvision
from 0.29.1, torchaudio from 2.11, torchcodec from 0.12 on) goes on working with a newer one.

## What to do
Reinstall or rebuild that package for the installed torch; torch itself is fine.

## References
- https://docs.pytorch.org/docs/stable/cpp_extension.html
- https://github.com/pytorch/pytorch/issues/51039 (the C++ ABI of the wheels)
"""

from __future__ import annotations

from doctor.catalog import build_of, published
from doctor.catalog.torch_pins import made_for, pinned_torch
from doctor.facts import Module, Packages, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Install
from doctor.rules.api import Answer, cannot_tell, seen, there
from doctor.rules.packages import _extensions
from doctor.rules.packages._pair import BAD_ALLOC
from doctor.rules.windows._loader import LOADS_MMCV

SEVERITY = Severity.ERROR
MESSAGE = "{package} was compiled for another torch: {failure}"
BUILT = "{package} was built for {made}, but torch {torch} is installed"
SIGNATURES = (
    r"(?:flash_attn|xformers|detectron2|mmcv|_ext|_C|_cuda|scatter|sparse|apex|bitsandbytes|vllm"
    r"|deepspeed|fused)\S{0,140}\.(?:so|pyd): undefined symbol:? \w{0,100}(?:c10|torch|at[0-9]|caffe2)\w*",
    r"\b\w{2,60}_impl: implementation for device cuda:\d{1,2} not found",  # MMCV built without CUDA
    r"RuntimeError: Not compiled with (?:GPU|CUDA) support",  # as detectron2 and its kin say it
    r"\b(?:vllm|flash_attn|xformers|mmcv|detectron2)\b\S{0,140}\.so\W{1,3}undefined symbol\b",
    r"\bflash_attn_\d_cuda\S{0,60}:? undefined symbol",
    r"[Uu]ndefined symbol:? _Z(?:T[ISVC])?N?K?(?:3c10|2at|5torch|6caffe2|4c10d)\w+",
    r"[Ss]ymbol not found(?: in flat namespace)?[: (']{1,4}(?:_+Z)?NK?\w{0,4}(?:3c10|2at|5torch|6caffe2)\w+",
    r"lib(?:torch|c10|torch_cuda|torch_cpu|torch_python|torch_cuda_c(?:u|pp)|c10_cuda|caffe2)\w*\.(?:so"
    r"|dylib)\S{0,10}: "
    r"cannot open shared object file",
    r"Library not loaded: \S{0,100}lib(?:torch|c10)\w*\.dylib",
    r"DLL load failed while importing (?:_C(?!: The specified module)"
    r"|_ext|\w*_cuda|flash_attn\w*|_mask_decoder|\w*scatter\w*"
    r"|_version_cuda)\b",
    r"xFormers was built for:? {0,9}PyTorch (?P<built>\S{1,30}) .{0,40}\(you have (?!(?P=built)\)|\S{1,20}\+cpu)",
    r"\b(?:xformers|vllm|torchtext|torchdata|fbgemm[-_]gpu) [\d.]\S{0,30} (?:requires|has requirement) torch==",
    r"Detected that PyTorch and (?!torchvision)\w+ were compiled with different CUDA",
    LOADS_MMCV,
    # how people tell it
    r"(?i)\b(?:vllm|flash[-_ ]?attn|xformers|mmcv|extensions?|wheel)\b.{0,100}\bABI[- ]?(?:incompatib|mismatch)\w*",
    r"(?i)^(?!.{0,200}\btorch(?:vision|audio|codec|text)).{0,200}\b(?:built|compiled|linked) (?:against|for|with|using)"
    r" (?:py)?torch[ =v]{0,3}(?P<made>\d\.\d{1,2})\b[^?]{0,120}\b(?:ha(?:ve|s)|installed|us(?:es?|ing)|runs?"
    r"|running|is)\b[^?]{0,30}\b(?:py)?torch[ =v]{0,3}(?!(?P=made)\b)\d\.\d{1,2}",
    # The compiled part is not there, or did not load. As a warning vLLM says so on every machine without CUDA
    r"'_OpNamespace' '_(?:moe_|rocm_)?C\w{0,20}' object has no attribute",
    # the compiled part is of another release than the Python beside it
    r"\b(?:xformers|flash_attn\w*|_C\w*|torch_(?:scatter|sparse|cluster))::\w{2,80}\(\) expected at most \d{1,2}"
    r" argument\(s\) but received \d",
    rf"\b(?:from|import) (?!torch(?:audio|vision|codec)?\b)\w[^()=]{{0,90}}{BAD_ALLOC}",
)
UNLESS = (
    r"[\\/]site-packages[\\/]torch[\\/]__init__\.py\", line \d",  # torch's own import is what fails
    r"vllm[-_]ascend",  # which has no such part
    r"No module named 'mmcv\._ext'",  # it is not there, so nothing of it failed to load
)
EXPLAINS = ("attention-kernel-missing", "extension-not-compiled")
_OWN = ("torch", "torchvision", "torchaudio", "torchcodec", "triton", "numpy")  # these have rules of their own


_ON_PYPI = frozenset(
    {
        *("flash-attn", "xformers", "mmcv", "mmcv-full", "torch-scatter", "torch-sparse", "torch-cluster"),
        *("torch-spline-conv", "causal-conv1d", "mamba-ssm", "bitsandbytes", "deepspeed", "vllm", "natten", "torchao"),
    }
)
_WHEELS = ("xformers", "vllm", "torchao", "bitsandbytes")  # of these PyPI has wheels, each for one torch
FROM_SOURCE = "Build {name} for the installed torch from its source, as PyPI does not have it: {source}"
FITTING = "Install the release of {name} that was built for torch {torch}"
APART = (
    "Install {name} {version} into an environment of its own, where it brings the torch {torch} that it was built for"
)
AS_BEFORE = "Install {name} again for the installed torch, from where it came"


def check(runtime: Runtime | None, packages: Packages | None, torch: Torch | None) -> Answer:
    module = _broken(runtime)
    if module is None or module.failure is None:
        return _built_for_another(runtime, packages, torch)
    failure = module.failure.message
    evidence = seen("runtime.modules", f"{module.name}: {failure}", "built for the installed torch")
    return there(evidence, package=module.name, failure=failure)


def _built_for_another(runtime: Runtime | None, packages: Packages | None, torch: Torch | None) -> Answer:
    built = _extensions.for_another_torch(torch, packages, runtime)
    if built is None or torch is None:
        return cannot_tell("error.text")  # any package may hold an extension, and few are tried
    build = build_of(torch)
    shown = f"{torch.version} for {build.name}" if build.kind and "+" not in (torch.version or "") else torch.version
    level = Severity.ERROR if built.fails else Severity.WARNING
    needed = seen("torch.version", shown, built.made_for)
    values = {"package": built.package, "made": built.made_for, "torch": shown}
    return there(built.evidence, needed, message=BUILT, severity=level, **values)


def remedies(runtime: Runtime | None, packages: Packages | None, torch: Torch | None) -> tuple[Action, ...]:
    module = _broken(runtime)
    built = None if module else _extensions.for_another_torch(torch, packages, runtime)
    if module is None and built is None:
        return ()
    name = _distribution(module.name if module else built.package if built else "", packages)
    version = ((packages.version(name) if packages else None) or "").partition("+")[0]
    if pin := pinned_torch(name, version):
        return (_of_this_torch(name, version, pin, torch),)
    if name not in _ON_PYPI:
        source = _extensions.SOURCES.get(name)
        return (Advice(title=FROM_SOURCE.format(name=name, source=source) if source else AS_BEFORE.format(name=name)),)
    again = Install(
        requirements=(f"{name}=={version}" if version else name,),
        anew=True,
        flags=("--no-cache-dir", "--no-build-isolation", *(("--no-binary", name) if name in _WHEELS else ())),
        title=f"Build {name} for the installed torch",
    )
    return (again,)


def _of_this_torch(name: str, version: str, pin: str, torch: Torch | None) -> Action:
    """Of a package whose releases each take one torch, the release for the torch that is here."""
    here = str(published(torch.version)) if torch else ""
    fitting = made_for(name, here)
    if not fitting or fitting == version:
        return Advice(title=APART.format(name=name, version=version, torch=pin))
    return Install((f"{name}=={fitting}",), title=FITTING.format(name=name, torch=here))


def _distribution(module: str, packages: Packages | None) -> str:
    name = module.partition(".")[0].replace("_", "-")
    return "mmcv-full" if name == "mmcv" and packages and packages.version("mmcv-full") else name


def _broken(runtime: Runtime | None) -> Module | None:
    modules = runtime.modules if runtime else ()
    return next((m for m in modules if _foreign(m.name) and m.failure and _abi(m.failure.text)), None)


def _foreign(name: str) -> bool:
    return name.partition(".")[0].partition(" ")[0] not in _OWN


def _abi(text: str) -> bool:
    return any(
        word in text for word in ("undefined symbol", "ymbol not found", "cannot open shared object", "DLL load")
    )

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

from doctor.facts import Module, Packages, Runtime
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Install
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{package} was compiled for another torch: {failure}"
SIGNATURES = (
    r"(?:flash_attn|xformers|detectron2|mmcv|_ext|_C|_cuda|scatter|sparse|apex|bitsandbytes|vllm"
    r"|deepspeed|fused)\S{0,140}\.(?:so|pyd): undefined symbol:? \w{0,100}(?:c10|torch|at[0-9]|caffe2)\w*",
    r"undefined symbol:? _Z(?:T[ISVC])?N?K?(?:3c10|2at|5torch|6caffe2|4c10d)\w+",
    r"[Ss]ymbol not found(?: in flat namespace)?[: (']{1,4}_+ZNK?\w{0,4}(?:3c10|2at|5torch|6caffe2)\w+",
    r"lib(?:torch|c10|torch_cuda|torch_cpu|torch_python|torch_cuda_c(?:u|pp)|c10_cuda|caffe2)\w*\.(?:so"
    r"|dylib)\S{0,10}: "
    r"cannot open shared object file",
    r"Library not loaded: \S{0,100}lib(?:torch|c10)\w*\.dylib",
    r"DLL load failed while importing (?:_C|_ext|\w*_cuda|flash_attn\w*|_mask_decoder|\w*scatter\w*"
    r"|_version_cuda)\b",
    r"xFormers was built for:? {0,9}PyTorch (?P<built>\S{1,30}) .{0,40}\(you have (?!(?P=built)\)|\S{1,20}\+cpu)",
    r"MMCV==.{1,40} is used but incompatible",
    r"Detected that PyTorch and (?!torchvision)\w+ were compiled with different CUDA",
    r"No module named 'mmcv\._ext'",
)
EXPLAINS = ("attention-kernel-missing",)
_OWN = ("torch", "torchvision", "torchaudio", "torchcodec", "triton", "numpy")  # these have rules of their own


_ON_PYPI = frozenset(
    {
        *("flash-attn", "xformers", "mmcv", "mmcv-full", "torch-scatter", "torch-sparse", "torch-cluster"),
        *("torch-spline-conv", "causal-conv1d", "mamba-ssm", "bitsandbytes", "deepspeed", "vllm", "natten", "torchao"),
    }
)
_SOURCES = {
    "apex": "https://github.com/NVIDIA/apex",  # PyPI's apex is another project
    "detectron2": "https://github.com/facebookresearch/detectron2",
    "pytorch3d": "https://github.com/facebookresearch/pytorch3d",
}
FROM_SOURCE = "Build {name} for the installed torch from its source, as PyPI does not have it: {source}"
AS_BEFORE = "Install {name} again for the installed torch, from where it came"


def check(runtime: Runtime) -> Answer:
    module = _broken(runtime)
    if module is None or module.failure is None:
        return cannot_tell("error.text")  # any package may hold an extension, and few are tried
    failure = module.failure.message
    evidence = seen("runtime.modules", f"{module.name}: {failure}", "built for the installed torch")
    return there(evidence, package=module.name, failure=failure)


def remedies(runtime: Runtime | None, packages: Packages | None) -> tuple[Action, ...]:
    module = _broken(runtime) if runtime else None
    if module is None:
        return ()
    name = _distribution(module, packages)
    if name not in _ON_PYPI:
        source = _SOURCES.get(name)
        return (Advice(title=FROM_SOURCE.format(name=name, source=source) if source else AS_BEFORE.format(name=name)),)
    version = ((packages.version(name) if packages else None) or "").partition("+")[0]
    again = Install(
        requirements=(f"{name}=={version}" if version else name,),
        anew=True,
        flags=("--no-cache-dir", "--no-build-isolation"),
        title=f"Build {name} for the installed torch",
    )
    return (again,)


def _distribution(module: Module, packages: Packages | None) -> str:
    name = module.name.partition(".")[0].replace("_", "-")
    return "mmcv-full" if name == "mmcv" and packages and packages.version("mmcv-full") else name


def _broken(runtime: Runtime) -> Module | None:
    return next((m for m in runtime.modules if _foreign(m.name) and m.failure and _abi(m.failure.text)), None)


def _foreign(name: str) -> bool:
    return name.partition(".")[0].partition(" ")[0] not in _OWN


def _abi(text: str) -> bool:
    return any(
        word in text for word in ("undefined symbol", "ymbol not found", "cannot open shared object", "DLL load")
    )

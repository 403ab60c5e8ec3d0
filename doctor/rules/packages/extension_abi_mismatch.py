"""A compiled extension was built for another torch.

## Why it matters
flash-attn, xformers, detectron2, mmcv, torch-scatter and the like hold C++ code compiled against one version of
torch. After torch changes they no longer find its symbols or libraries.

## What to do
Reinstall or rebuild that package for the torch that is installed; torch itself is fine.

## References
- https://docs.pytorch.org/docs/stable/cpp_extension.html
- https://github.com/pytorch/pytorch/issues/51039 (the C++ ABI of the wheels)
"""

from __future__ import annotations

from doctor.facts import Module, Python, Runtime
from doctor.model import Remedy, Severity
from doctor.rules._pip import environment_of, install
from doctor.rules.api import Answer, seen, there

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
    r"xFormers can't load C\+\+/CUDA extensions|xFormers was built for",
    r"WARNING\[XFORMERS\]",
    r"MMCV==.{1,40} is used but incompatible",
    r"The detected CUDA version .{1,40} mismatches the version that was used to compile",
    r"Detected that PyTorch and (?!torchvision)\w+ were compiled with different CUDA",
    r"Error: mmcv-full|No module named 'mmcv\._ext'",
)
EXPLAINS = ()
_OWN = ("torch", "torchvision", "torchaudio", "triton", "numpy")  # these have rules of their own


def check(runtime: Runtime) -> Answer | None:
    module = _broken(runtime)
    if module is None or module.failure is None:
        return None
    failure = module.failure.message
    evidence = seen("runtime.modules", f"{module.name}: {failure}", "built for the installed torch")
    return there(evidence, package=module.name, failure=failure)


def remedies(runtime: Runtime | None, python: Python | None) -> tuple[Remedy, ...]:
    module = _broken(runtime) if runtime else None
    if module is None:
        return ()
    name = module.name.partition(".")[0].replace("_", "-")
    command = install(python, "--force-reinstall", "--no-deps", "--no-cache-dir", "--no-build-isolation", name)
    return (Remedy(f"Install {name} for the torch that is here", (command,), writes=environment_of(python)),)


def _broken(runtime: Runtime) -> Module | None:
    return next((m for m in runtime.modules if _foreign(m.name) and m.failure and _abi(m.failure.text)), None)


def _foreign(name: str) -> bool:
    return name.partition(".")[0].partition(" ")[0] not in _OWN


def _abi(text: str) -> bool:
    return any(
        word in text for word in ("undefined symbol", "ymbol not found", "cannot open shared object", "DLL load")
    )

"""Two copies of torch are mixed in one environment.

## Why it matters
If pip and conda, or two folders on sys.path, both provide torch, Python files of one copy load libraries of the other:
undefined symbols, missing attributes, crashes.

## What to do
Keep only one of them. If that does not work cleanly, a new environment is the quickest way.

## References
- https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html#using-pip-in-an-environment
"""

from __future__ import annotations

from doctor.facts import Conda, CondaPackage, Package, Packages, Runtime
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, OneTorch
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "torch is installed twice: {copies}"
APART = "Keep one torch: delete it from the other folder, or remove that folder from Python's path ({folders})"
SIGNATURES = (
    r"torch/_C[\w.-]*\.so: undefined symbol:? (?!iJIT|_{0,2}nvJit|nccl"
    r"|cu(?:dnn|blas|sparse|solver|fft|rand|da)[A-Z])\w+",
    r"(?:torch/lib|libtorch/lib)/lib(?:torch|torch_cpu|torch_cuda\w{0,20}|torch_python|shm|caffe2\w{0,20}"
    r"|c10\w{0,20})\.(?:so|dylib)\S{0,6}: "
    r"undefined symbol:? (?:_Z\w+|FLAGS_\w+|Py\w+|_?Py\w+|\w{0,100}(?:torch|caffe2|c10)\w*)",
    # on a Mac; a symbol of a library that torch was built with is not of the other copy
    r"dlopen\(.{1,200}torch/(?:_C|lib/libtorch)\S{0,80}.{0,20}[Ss]ymbol not found(?!.{0,30}'_Py)"
    r"(?!\W{0,4}_{1,3}(?:ZNK?\d?(?:4absl|6google8protobuf)|cu(?:dnn|blas|sparse|rand|fft)[A-Z]))",
    r"Only a single TORCH_LIBRARY can be used to register the.{0,12} namespace (?:aten|prims|quantized|prim|c10d)\b",
    # names that torch's own Python files take from its compiled part while they are imported
    r"(?:module 'torch\._C' has no attribute|cannot import name) '(?:OutOfMemoryError|AcceleratorError|_?TensorBase"
    r"|_LinAlgError|\w{1,30}StorageBase|DispatchKey(?:Set)?|_dispatch_\w{1,60}|_disabled_torch_\w{1,40}|_DisableTorchDispatch)'"
    r"(?: from 'torch\._C'|\s*$)",
    r"flag 'caffe2_\w+' was defined more than once",
    r"generic_type: type \"\w+\" is already registered!",
    r"(?:multiple|two) (?:versions|copies|installations) of (?:py)?torch",
)
EXPLAINS = (
    "torch-not-importable",
    "torch-torchvision-mismatch",
    "import-path-mixes-environments",
    "pip-over-conda",
    "damaged-torch-files",
)
_CONDA_TORCH = {"pytorch", "libtorch"}


def check(packages: Packages, conda: Conda | None, runtime: Runtime | None) -> Answer:
    working = runtime is not None and runtime.imported is True
    severity = Severity.WARNING if working else Severity.ERROR
    apart = _apart(packages)
    if apart:
        shown = " and ".join(f"{p.version} in {p.location}" for p in apart)
        return there(seen("packages.duplicates", shown, "one copy"), copies=shown, severity=severity)
    by_pip, by_conda = _pip_torch(packages), _conda_torch(conda)
    if by_pip is None or by_conda is None or _same(by_pip.version, by_conda.version):
        # another package may bring a libtorch, and files of an older torch may lie among those of the one listed
        return cannot_tell("error.text" if working else "runtime.imported")
    shown = f"{by_pip.version} by {by_pip.installer}, {by_conda.version} by conda"
    return there(
        seen("packages.installed", f"torch {by_pip.version} ({by_pip.installer})", "one copy"),
        seen("conda.packages", f"{by_conda.name} {by_conda.version}"),
        copies=shown,
        severity=severity,
    )


def remedies(packages: Packages | None) -> tuple[Action, ...]:
    apart = _apart(packages) if packages else []
    folders = ", ".join(dict.fromkeys(p.location for p in apart))
    return (Advice(title=APART.format(folders=folders)),) if apart else (OneTorch(),)


def _apart(packages: Packages) -> list[Package]:
    """Copies of different versions in different folders."""
    copies = [p for p in packages.duplicates if p.name == "torch"]
    differ = len({p.location for p in copies}) > 1 and len({p.version for p in copies}) > 1
    return copies if differ else []


def _pip_torch(packages: Packages) -> Package | None:
    return next((p for p in packages.installed if p.name == "torch" and p.installer in ("pip", "uv", "poetry")), None)


def _conda_torch(conda: Conda | None) -> CondaPackage | None:
    # a meta-package or a pip install listed by conda ("pypi" channel) brings no files of its own
    listed = conda.packages if conda else ()
    return next((p for p in listed if p.name in _CONDA_TORCH and p.channel != "pypi"), None)


def _same(one: str, other: str) -> bool:
    return one.partition("+")[0] == other.partition("+")[0]

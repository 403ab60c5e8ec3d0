"""torch loads native libraries of another installation.

## Why it matters
The loader uses the first library with a given name. A folder in LD_LIBRARY_PATH (a CUDA toolkit, a libtorch, another
conda environment) or LD_PRELOAD puts foreign libraries before torch's own, and symbols are missing or behave
differently.

## What to do
Unset the variable for the program, or remove that folder from it.

## References
- https://man7.org/linux/man-pages/man8/ld.so.8.html
"""

from __future__ import annotations

from doctor.facts import Runtime, ShadowingLibrary, Toolkits
from doctor.model import Severity
from doctor.remedy.actions import Action, Rerun
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{variable} puts {library} of another installation before the one of torch: {path}"
SIGNATURES = (
    r"undefined symbol: (?:mkldnn|dnnl|cblas|LAPACKE|gotoblas|ucp|ucs|uct|ucc|MPI|ompi|PMPI)_\w+",
    r"lib(?:mkl|mpi|nccl|ucp|ucs|uct|ucc|stdc\+\+|gomp|tbb|protobuf|openblas|numa)\w*\.so\S*: undefined symbol",
    r"libtorch\w*\.so\S*: undefined symbol: (?:nccl|cu(?:blas|dnn|sparse|solver|fft|rand|pti|File)|nvrtc)\w+",
    r"undefined symbol: cuda[A-Z]\w{1,60}, version libcudart\.so",  # an older CUDA runtime is loaded first
    r"dlopen\(.{1,300}[Ss]ymbol not found\W{1,6}_{1,3}ZNK?\d?(?:4absl|6google8protobuf)",  # on a Mac
    r"lib(?:cublas|cusolver|cufft)\w*\.so\S*: undefined symbol: (?!_{0,2}nvJitLink)\w+, version",
    r"symbol lookup error: .{1,200}(?:torch|libmkl|libcu|libnccl)\S*",
    r"File already exists in database: caffe2/",
    r"undefined symbol: ncclCommRegister",
    r"(?:INTEL MKL ERROR|Intel MKL FATAL ERROR): ",
    r"cannot load any more object with static TLS",
    r"version [`'](?!GLIBC|CXXABI|GCC_)[^`'\s]{2,60}' not found \(required by \S{0,200}"
    r"(?:torch|libsycl|libmkl|libccl|libnccl|libcu\w|[\\/]nvidia[\\/])",
    r"symbol \w{1,120},? version \S{1,80} not defined in file \S{1,120} with link time reference",
)
EXPLAINS = ("torch-not-importable", "torch-torchvision-mismatch", "libiomp-duplicate")
# CUDA and cuDNN libraries have rules that say more
_OF_TORCH = ("libtorch", "libc10", "libcaffe2", "libstdc++", "libgomp", "libiomp", "libmkl", "libnccl", "libshm")


def check(toolkits: Toolkits, runtime: Runtime | None) -> Answer:
    library = _foreign(toolkits)
    if library is None:
        return cannot_tell("error.text")  # the program may have had other variables
    own = library.library.startswith(("libtorch", "libc10", "libcaffe2", "libshm"))
    working = runtime is not None and runtime.imported is True
    return there(
        seen("toolkits.shadowing", f"{library.variable}: {library.path}", "torch's own copy first"),
        variable=library.variable,
        library=library.library,
        path=library.path,
        severity=Severity.ERROR if (own and not working) or _import_failed(runtime) else Severity.WARNING,
    )


def remedies(toolkits: Toolkits) -> tuple[Action, ...]:
    library = _foreign(toolkits)
    return (Rerun(unset=(library.variable,)),) if library else ()


def _foreign(toolkits: Toolkits) -> ShadowingLibrary | None:
    return next((s for s in toolkits.shadowing if s.library.startswith(_OF_TORCH)), None)


def _import_failed(runtime: Runtime | None) -> bool:
    return runtime is not None and runtime.failure is not None

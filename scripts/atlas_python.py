"""The population of the atlas' messages in words: what the Python modules and the libraries of installed packages say
about the environment, and how much of it the atlas has.

A message belongs to the population when it is said by a module named here and speaks of the environment: of devices,
drivers, compilers, packages, files, networks, processes. What it says to the caller alone (shapes, types) does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import atlas_strings
from atlas_coverage import Message
from python_messages import messages

from doctor.explain import atlas

TORCH_MODULES = (
    *("__init__", "version", "torch_version", "hub", "serialization", "_utils", "_weights_only_unpickler"),
    *("cuda/**/*", "xpu/**/*", "mps/**/*", "accelerator/**/*", "backends/*", "backends/*/*", "multiprocessing/**/*"),
    *("utils/data/*", "utils/data/_utils/*", "utils/cpp_extension", "utils/_triton", "utils/file_baton"),
    *(f"_inductor/{name}" for name in ("async_compile", "autotune_process", "codecache", "config", "cpp_builder")),
    *(f"_inductor/{name}" for name in ("cpu_vec_isa", "exc", "rocm_multiarch_utils", "utils", "compile_worker/*")),
    *(f"_inductor/runtime/{name}" for name in ("compile_tasks", "static_triton_launcher", "triton_compat")),
    *(f"_inductor/runtime/{name}" for name in ("triton_helpers", "triton_heuristics")),
    *(f"_inductor/codegen/{name}" for name in ("cuda/*", "xpu/*", "rocm/compile_command", "cutlass/utils")),
    *(f"distributed/{name}" for name in ("__init__", "distributed_c10d", "rendezvous", "constants", "run", "launch")),
    *(f"distributed/{name}" for name in ("launcher/**/*", "elastic/**/*", "_watchdog", "_nccl4py/*")),
)
MODULES = {
    "torch_python": ("torch", TORCH_MODULES),
    "triton": ("triton", ("__init__", "runtime/*", "backends/**/*", "compiler/*", "knobs", "_utils", "_filecheck")),
    "torchvision": ("torchvision", ("__init__", "extension", "_*", "io/*", "datasets/utils", "models/_*", "ops/_*")),
    "torchaudio": ("torchaudio", ("__init__", "_*", "_extension/*", "_internal/*", "io/*", "backend/*", "utils/*")),
    "torchcodec": ("torchcodec", ("__init__", "_*", "_core/*", "_internally_replaced_utils", "decoders/*")),
    "numpy": ("numpy", ("__init__", "_core/__init__", "_core/multiarray", "_globals", "core/__init__")),
}
ENVIRONMENT = re.compile(
    r"""
    \b(?:cuda|cudnn|cublas\w*|cutlass|nvcc|nvrtc|nvml|nvshmem|nvidia|cuda-python|pynvml|amdsmi|nccl\w*|rocm
      |hip\w*|miopen|xpu|sycl|icx|icpx|oneapi|mps|metal|mac\s?os|gpus?|drivers?|triton|gloo|mpi|ucc|xccl|libuv
      |kineto|cupti|numactl|openmp|nvme|gds|cufile|cusparselt|mkl\w*|halide)\b
    |install|\b(?:re)?built\ with|build\ (?:of|from|with)|compiled\ with|\bcompilers?\b|\bclang|\bgcc|\bg\+\+
      |msvc|ninja|cmake|\bpip\b|conda\b
    |\.so\b|\.dll|dlopen|shared\ (?:object|librar|memory)|librar(?:y|ies)\b|\bheader
    |python\ (?:version|[<>=\d])|not\ supported\ (?:on|in|for)\ (?:windows|linux|mac|python|this)|upgrade
      |\bversions?\b
    |internet|download|https?\b|certificate|\bnetwork|socket|\bport\b|\bhost(?:name|s)?\b|\baddress|connect(?:ion
      |ed|\b)
    |no\ such|not\ found|not\ available|unavailable|is_available|unable\ to|failed\ to|fail\ to|could\ not
      |couldn't|cannot\ find|cannot\ load|cannot\ open|can't\ find|missing
    |\bpath\b|\bfiles?\b|director(?:y|ies)|folder|permission|writ(?:e|able)\b|disk\b|/dev/|/tmp|\bcache\b
    |environment|env\ ?var|\b(?:CUDA|TORCH|PYTORCH|NCCL|MASTER|HIP|ROCM|OMP|TRITON|TORCHINDUCTOR|TMP|CXX|CC|GLOO
      |WORLD|LOCAL)_[A-Z_]+\b|\bCXX\b
    |\bmemory\b|\boom\b
    |time[ds]?[\ -]?out|timeouts?\b|deadline|\bhang|heartbeat|watchdog
    |process(?:es)?\b|workers?\b|\bexit(?:ed|code)?\b|signal|kill|crash|\bfork|spawn|start\ method|start_method
      |daemon
    |rendezvous|tcpstore|\bstore\b|\branks?\b|process\ group
    |platform|windows|linux|32-bit|endian
    |corrupt|magic\ number|\bzip\b|checksum|invalid\ hash
    |capabilit|accelerator|\bavx|instruction|device\ ?s?\b|\bcpu\b
    |too\ many\ open|ulimit|pickl|weights_only
    |initializ(?:e|ing|ation)
    |dependenc|level\ zero|executable|\bGLOBAL\b|\bZE_
    |setuptools|\bC\+\+|\bSMs\b|distributed\ package|stderr
    |allowlist|unrecognized\ function|torch\.save
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Share(NamedTuple):
    """How many of a module's messages the atlas has."""

    module: str
    assigned: int
    population: int


def extract(environment: Path) -> dict[str, list[Message]]:
    """The population by the atlas' book; `environment` is a virtual environment or its site-packages."""
    site = next(environment.glob("lib*/python*/site-packages"), environment)
    books = {book: _spoken(site / package, modules) for book, (package, modules) in MODULES.items()}
    return books | {atlas_strings.BOOK: atlas_strings.extract(site / "torch")}


def shares(found: Iterable[Message], book: str, depth: int = 2) -> list[Share]:
    """The population of a book and what of it is assigned, by the first parts of the modules' names."""
    known = {(entry.text, entry.where) for entry in atlas.book(book).entries}
    every = [(".".join(f.where.split(".")[:depth]), (f.text, f.where) in known) for f in found]
    totals, assigned = Counter(module for module, _ in every), Counter(module for module, has in every if has)
    return [Share(module, assigned[module], total) for module, total in sorted(totals.items())]


def _spoken(package: Path, modules: Iterable[str]) -> list[Message]:
    """What the modules of a package say about the environment."""
    files = (path for pattern in modules for path in sorted(package.glob(f"{pattern}.py")))
    said = (found for path in files for found in messages(path.read_text("utf-8"), _name(path, package)))
    return [found for found in dict.fromkeys(said) if ENVIRONMENT.search(found.text)]


def _name(path: Path, package: Path) -> str:
    return ".".join(path.relative_to(package.parent).with_suffix("").parts).removesuffix(".__init__")

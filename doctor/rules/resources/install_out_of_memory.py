"""An installation ran out of memory and was killed.

## Why it matters
pip used to hold a whole download in memory to put it into its cache, and torch is close to a gigabyte; conda's solver
can need several. Compiling a CUDA extension takes some gigabytes for each of the compilers that run at once.

## What to do
Download without the cache; where something is compiled, run fewer compilers at once (MAX_JOBS), or install a wheel that
is already compiled. Otherwise give the machine, container or image build more memory, or swap.

## References
- https://pip.pypa.io/en/stable/topics/caching/
- https://docs.pytorch.org/docs/stable/cpp_extension.html
"""

from __future__ import annotations

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Install

SEVERITY = Severity.ERROR
_COMPILERS = r"(?:cc1plus|cc1|cicc|ptxas|cudafe\+\+|nvlink|ld|collect2|clang\S{0,5}|nvcc)"
SIGNATURES = (
    rf"Killed signal terminated program {_COMPILERS}",
    rf"'{_COMPILERS}' died due to signal 9|\b{_COMPILERS}\b.{{0,40}}(?:signal 9|Killed: 9|\bKilled\s*$)",
    r"(?:virtual memory exhausted: Cannot allocate memory|cc1plus: out of memory allocating)",
    r"fatal error C1060|compiler is out of heap space",
    # three lines, found by the first one's words
    r"pip[\\/](?:_(?:vendor|internal)|utils|req|commands)[\\/][^\"]{1,200}\", line \d{1,5}, in \w{1,60}"
    r" .{0,200}\bMem\w{3}Error\b",
    r"pip\S{0,30} install .{0,400}(?:exit code: 137|returned a non-zero code: 137)",
    r"pip\S{0,30} install .{0,400}:\s{1,9}\d{1,7} Killed\b",
    r"(?:(?:Downloading|Using cached) \S{1,300}\.(?:whl|gz)|Installing collected packages:|Solving environment:"
    r"|Building wheel for) .{0,400}\sKilled\s*$",
    r"\d ?MB.{0,20}[kM]B/s eta [\d:-]{1,10}\s{0,9}Killed\s*$",  # pip's bar, not that of a training
    r"Could not install packages due to an (?:OS|Environment)Error: \[Errno 12\] Cannot allocate memory",
)
EXPLAINS = ("torch-not-installed", "torch-not-importable", "out-of-memory", "process-killed-out-of-memory")
WITHOUT_CACHE = "Install it without pip's cache"
FEWER = "Build it with one compiler at a time"
MORE = "Give the machine, container or image build more memory or swap"


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    text = error.text if error else ""
    compiles = any(word in text for word in ("cc1plus", "cicc", "ptxas", "C1060", "heap space", "Building wheel"))
    slower = Install(("PACKAGE",), flags=("--no-build-isolation",), set=(("MAX_JOBS", "1"),), title=FEWER)
    whole = Install(("PACKAGE",), flags=("--no-cache-dir",), title=WITHOUT_CACHE)
    return slower if compiles else whole, Advice(title=MORE)

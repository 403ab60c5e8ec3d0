"""`python -m xformers.info`: which operators there are, torch and the GPU, and what xFormers was built for.

Its lines `build.*` are those of the machine where the wheel was made.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Failure, Module, Runtime
from doctor.intake.keyed import PACKAGE, blocks, facts_of, left_out, values_of
from doctor.intake.merge import Partial, merge
from doctor.intake.witness import Witness

TITLE = "`python -m xformers.info`"
WITNESS = Witness.PROGRAM
OPENS = r"^\W*(?-i:xFormers) \d+\.\d[\w.+]*\s*$"
LEFT_OUT = (
    r"(?:memory_efficient_attention|indexing|swiglu|sp24|sequence_parallel_fused|tiled_matmul)\.\S+: ",
    r"is_(?:triton|functorch)_available: ",
    r"build\.[\w.]+: ",
    r"source\.privacy: ",
    r"dcgm_profiler: ",
)
_KEYS = {
    "pytorch.version": "pytorch version",
    "pytorch.cuda": "is cuda available",
    "gpu.name": "gpu models and configuration",
    "gpu.compute_capability": "gpu compute capability",
}
_CUDA = {"available": "True", "not available": "False"}


# below "xFormers was built for:"; that warning is judged as a text, but for what would be taken for Python's version
_YOU_HAVE = re.compile(r"^\s*(Python|PyTorch)\s+\d.{0,60} \(you have (\d[\w.+]*)\)\s*$")
_OPERATOR = re.compile(r"^\s*memory_efficient_attention\.(?:cutlass|flshatt|fa[23]|ck)\S*:\s+(available|unavailable)\b")
_BUILT = re.compile(r"^\s*build\.torch_version:\s+(\d\S*)\s*$")
UNAVAILABLE = "its operators are unavailable"


def _failure(block: Sequence[str]) -> Failure | None:
    """Of its compiled operators all or none are there."""
    states = {match[1] for match in map(_OPERATOR.match, block) if match}
    return Failure(UNAVAILABLE) if states == {"unavailable"} else None


def _built(lines: Sequence[str], block: range) -> str | None:
    return next((match[1] for index in block if (match := _BUILT.match(lines[index]))), None)


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    facts: Partial = {}
    used: set[int] = set()
    for block in blocks(lines, OPENS):
        raw, taken = values_of(lines, _KEYS, block)
        raw[f"{PACKAGE}xformers"] = lines[block.start]
        raw["is cuda available"] = _CUDA.get(raw.get("is cuda available", ""), "")
        if capability := raw.get("gpu compute capability"):
            raw["gpu models and configuration"] = f"{raw.get('gpu models and configuration', '')} (arch={capability})"
        own = Module("xformers", failure=_failure([lines[index] for index in block]), built_torch=_built(lines, block))
        facts = merge(facts, merge({"runtime": Runtime(modules=(own,))}, facts_of(raw)))
        used |= {block.start} | taken | left_out(lines, LEFT_OUT, block)
    for index, line in enumerate(lines):
        if have := _YOU_HAVE.match(line):
            facts = merge(facts, facts_of({f"{have[1].lower()} version": have[2]}))
            used |= {index} if have[1] == "Python" else set()
    return facts, used

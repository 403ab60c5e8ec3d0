"""InvokeAI: what it says at its start, and the versions that its "About" shows as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from doctor.intake import console
from doctor.intake.formats.pip_list import normalised_name
from doctor.intake.json_lines import documents
from doctor.intake.keyed import PACKAGE, facts_of
from doctor.intake.merge import Partial, merge
from doctor.intake.witness import Witness

TITLE = "what InvokeAI says of itself"
WITNESS = Witness.PROGRAM
OPENS = ""
LEFT_OUT = (
    r"PyTorch CUDA memory allocator: |cuDNN version: \d|Patchmatch initialized|Root directory = |Initializing database",
    r"Using torch device: CPU$|Initialization file |Initializing, be patient|xformers memory",
    r"InvokeAI runtime directory is |Internet connectivity is |(?:GFPGAN|CodeFormer|ESRGAN) Initialized",
)
_KNOWN_BY = (
    r"InvokeAI,? version \d|InvokeAI runtime directory is |PyTorch CUDA memory allocator: "
    r"|Using device_type (?:cuda|cpu|mps)$"
)
_FORMS = (
    r"InvokeAI,? version (?P<package_invokeai>\d\S+)",
    r"Using (?:torch device:|device_type) (?P<mps_available>mps)",
    r"Using device_type (?P<cuda_available>cuda|cpu)",  # of 2.x, which takes CUDA where it can
    r"(?P<cuda_available>Using torch device): (?P<gpu>(?!CPU\b).+)",
)
_DEPENDENCIES, _PROGRAM = "dependencies", "invokeai"
_OWN = "compel"  # a library of InvokeAI's, in the list that its issue form asks for
_KEYS = {"torch": "pytorch version", "cuda": "cuda used to build pytorch", "python": "python version"}


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    facts, used = console.read(lines, _KNOWN_BY, _FORMS, LEFT_OUT)
    for document in (*documents(lines, _DEPENDENCIES), *documents(lines, _OWN)):
        places = ((_DEPENDENCIES,), ())
        told = {entry.key.lower(): entry.value for entry in document if entry.path in places and entry.value}
        if "torch" not in told or not {_PROGRAM, _OWN} & {*told, *(entry.key for entry in document)}:
            continue
        raw = {_KEYS.get(name, f"{PACKAGE}{normalised_name(name)}"): value for name, value in told.items()}
        facts = merge(facts, facts_of(raw))
        used |= {entry.line for entry in document}
    return facts, used

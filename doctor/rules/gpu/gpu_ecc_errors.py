"""A GPU reports memory errors that could not be corrected.

## Why it matters
Uncorrected ECC errors terminate programs and can mean wrong results; when the spare memory rows are used up, the card
must be replaced.

## What to do
Restart, run the vendor's diagnostics, and replace the card if errors return or row remapping has failed.

## References
- https://docs.nvidia.com/deploy/a100-gpu-mem-error-mgmt/
"""

from __future__ import annotations

from doctor.facts import Gpu, Nvidia
from doctor.model import Evidence, Severity
from doctor.remedy.actions import Action, Look
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.WARNING
MESSAGE = "{gpu} has memory faults: {what}"
SIGNATURES = (
    r"uncorrectable ECC error encountered",
    r"NVRM: Xid.{0,80}: (?:48|63|64|94|95),",
    r"cudaErrorECCUncorrectable|CUDA_ERROR_ECC_UNCORRECTABLE",
)
_MANY_PAGES = 32  # of the 64 retired pages a card can have before it should be replaced


def check(nvidia: Nvidia) -> Answer:
    for gpu in nvidia.gpus or ():
        if found := _fault(gpu):
            what, evidence, level = found
            return there(evidence, severity=level, gpu=f"GPU {gpu.index} ({gpu.name})", what=what)
    return cannot_tell("nvidia.gpus")  # the counters begin anew with the driver


def _fault(gpu: Gpu) -> tuple[str, Evidence, Severity] | None:
    path = f"nvidia.gpus[{gpu.index}]"
    if gpu.row_remap_failure:
        return "remapping of bad rows has failed", seen(f"{path}.row_remap_failure", "yes", "no"), Severity.ERROR
    if gpu.ecc_errors:
        what = f"{gpu.ecc_errors} uncorrected ECC errors since the driver was loaded"
        return what, seen(f"{path}.ecc_errors", gpu.ecc_errors, 0), Severity.WARNING
    if gpu.retired_pages and gpu.retired_pages >= _MANY_PAGES:
        what = f"{gpu.retired_pages} memory pages are retired"
        return what, seen(f"{path}.retired_pages", gpu.retired_pages, f"below {_MANY_PAGES}"), Severity.WARNING
    return None


def remedies() -> tuple[Action, ...]:
    ask = ("nvidia-smi", "-q", "-d", "ECC,PAGE_RETIREMENT,ROW_REMAPPER")
    return (Look(title="Show the counters of memory errors", commands=(ask,)),)

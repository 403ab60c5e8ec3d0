"""What RVC's `configs/config.py` logs of the device that it chose."""

from __future__ import annotations

from collections.abc import Sequence

from doctor.intake import console
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "what RVC says at its start"
WITNESS = Witness.PROGRAM
OPENS = ""
LEFT_OUT = (r"\| INFO \| (?:configs\.config|__main__|fairseq\.\S+|faiss\.loader|httpx|infer\.\S+) \| ",)
_BY = r"\| INFO \| configs\.config \| "
_FORMS = (
    rf"{_BY}Found (?P<cuda_available>GPU) (?P<gpu>.+?)(?: ?, force to fp32)?",
    rf"{_BY}(?P<cuda_available>No) supported Nvidia GPU found",
    rf"{_BY}Use (?P<mps_available>mps) instead",
)


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    return console.read(lines, _BY, _FORMS, LEFT_OUT)

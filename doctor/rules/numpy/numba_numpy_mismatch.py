"""Numba does not work with the installed NumPy.

## Why it matters
Each release of Numba works with some releases of NumPy only, and stops when it is imported with another one. Audio
packages (Whisper, librosa, voice conversion) import Numba, and another package often brings a newer NumPy.

## What to do
Let pip choose a Numba and a NumPy that work together.

## References
- https://numba.readthedocs.io/en/stable/user/installing.html#version-support-information
- https://github.com/numba/numba/issues/8615
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Install

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"Numba needs NumPy \d[\d.]{0,8} or (?:less|greater)",
    r"initialization of _internal failed without raising an exception",  # numba.np.ufunc's
)
TOGETHER = "Install the current Numba for this Python, and with it a NumPy that it accepts"


def remedies() -> tuple[Action, ...]:
    return (Install(requirements=("numba",), upgrade=True, title=TOGETHER),)

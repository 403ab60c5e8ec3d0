"""torchaudio has nothing to read and write sound files with.

## Why it matters
torchaudio leaves the files to another library: soundfile, SoX or FFmpeg. Where none of them can be loaded, no file can
be read or written, whatever its format.

## What to do
Install soundfile, which brings its library on all common systems.

## References
- https://docs.pytorch.org/audio/2.8/torchaudio.html
- https://python-soundfile.readthedocs.io/en/latest/
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Install

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"Couldn't find appropriate backend to handle uri",
    r"No audio (?:I/O )?backend is available",
    r"Backend \"soundfile\" is not one of available backends",
    r"sndfile library not found|cannot load library '[^'\n]{0,120}(?:libsndfile|_soundfile_data)",
)


def remedies() -> tuple[Action, ...]:
    return (Install(requirements=("soundfile",), upgrade=True, title="Install soundfile, with its library"),)

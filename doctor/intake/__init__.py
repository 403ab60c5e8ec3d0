"""Text from another machine -> Facts. What is not in the text is not known, never absent.

`recognise` lets every format of `formats/` read, merges what they tell by witness (`witness`, `merge`), notes the line
of each fact (`origins`), and adds what follows from it all (`inferred`).
"""

from __future__ import annotations

from doctor.facts import Facts
from doctor.intake.recognise import Intake, examine


def read(text: str) -> Facts:
    """The facts that a text tells. Raises DoctorError when nothing in it is recognised."""
    return examine(text).facts

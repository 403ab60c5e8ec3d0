"""Text from another machine -> Facts. What is not in the text is not known, never absent.

One module a format; each has `read(lines)` and returns the facts it finds and the indexes of the lines that tell them.
"""

from __future__ import annotations

from doctor.facts import Facts
from doctor.intake.recognise import Intake, examine


def read(text: str) -> Facts:
    """The facts that a text tells. Raises DoctorError when nothing in it is recognised."""
    return examine(text).facts

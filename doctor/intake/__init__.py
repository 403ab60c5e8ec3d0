"""Text from another machine -> Facts. What is not in the text is not known, never absent.

`recognise` lets every format of `formats/` read, merges what they tell by witness (`witness`, `merge`), notes the line
of each fact (`origins`), and adds what follows from it all (`inferred`). The formats are loaded when a text is read:
most runs of the program read none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from doctor.facts import Facts
    from doctor.intake.recognise import Intake


def examine(text: str, known: Callable[[str], bool] = lambda _: False) -> Intake:
    """What a text tells of a machine, with notes; see `recognise.examine`."""
    from doctor.intake import recognise

    return recognise.examine(text, known)


def read(text: str) -> Facts:
    """The facts that a text tells. Raises DoctorError when nothing in it is recognised."""
    return examine(text).facts

"""Why a file of the user's was not touched, in the words of the error that ends the command."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from doctor.model import DoctorError, Exit

_HELD = (5, 32, 33)  # what Windows says of a file that is open in another program
_CLOSE = "a program has it open, such as an editor or a virus scanner: close it there, and try again"


@contextlib.contextmanager
def explained(what: str, file: Path) -> Iterator[None]:
    """An OSError in here is told as a refusal: `what` could not be done with the file, why, and how to go on."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        held = getattr(error, "winerror", None) in _HELD
        raise refused(what, f"cannot {what} {file}", f"{error.filename or file}: {reason}", _CLOSE * held) from error


def refused(what: str, message: str, context: str, hint: str = "") -> DoctorError:
    return DoctorError(f"changes-{what}", message, context, hint, Exit.NOT_DONE)

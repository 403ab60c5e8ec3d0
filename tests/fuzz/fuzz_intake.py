"""Coverage-guided fuzzing of everything that reads a text from outside.

    pip install atheris
    python tests/fuzz/fuzz_intake.py -max_total_time=600 CORPUS_FOLDER

A crash, a hang (-timeout=10) or a control character that would reach a terminal stops it; the input is kept in a file.
The only exception that may come out is DoctorError.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import atheris

with atheris.instrument_imports(include=["doctor"]):
    from doctor.explain import causes
    from doctor.intake.recognise import examine
    from doctor.model import DoctorError
    from doctor.text import clean

MAX_BYTES = 20_000


def one_input(data: bytes) -> None:
    """Read one text by every door."""
    text = clean.decode(data[:MAX_BYTES])
    try:
        examine(text)
    except DoctorError as error:
        assert clean.printable(error.context) == error.context
    for cause in causes(text):
        assert clean.printable(cause.line) == cause.line
        assert clean.printable(cause.matched) == cause.matched


def main() -> None:
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

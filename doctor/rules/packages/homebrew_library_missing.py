"""A library of Homebrew's that a program was built with is missing, or is of another version now.

## Why it matters
Programs and packages that Homebrew builds, PyTorch among them, name the libraries of other formulas by their version.
`brew upgrade` and `brew autoremove` can take such a library away, and the program stops when it is loaded.

## What to do
Install the formula that has the library, and install what was built with it again, so that both are of one time. A
torch that pip installs brings its own libraries and needs none of Homebrew's.

## References
- https://docs.brew.sh/FAQ
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
_FORMULA = r"(?:/opt/homebrew|/usr/local|/home/linuxbrew/\.linuxbrew)/(?:opt|Cellar)/(?P<formula>[\w@.+-]{1,60})/"
SIGNATURES = (
    # of the OpenMP runtime another rule tells
    rf"Library not loaded: ['\"]?{_FORMULA}(?!\S{{0,80}}libi?omp)[^\s'\"]{{1,160}}\.dylib",
)
EXPLAINS = ("torch-not-importable", "local-torch-shadow-or-broken-import")
ABSENT = "If the formula that has the library is not there, install it: brew install {formula}"
NEWER = "If it is there in another version, install what asks for the library again, so that both are of one time"


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    named = re.search(SIGNATURES[0], error.text) if error else None
    formula = named["formula"] if named else "FORMULA"
    return Advice(title=ABSENT.format(formula=formula)), Advice(title=NEWER)

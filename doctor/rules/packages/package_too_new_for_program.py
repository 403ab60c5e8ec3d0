"""A package is newer than the program, and has lost what the program uses.

## Why it matters
New releases of packages take old names away. A program or library that was written before then stops, although
everything is installed and torch works.

## What to do
Install the last release of the package that had the name, or a newer release of what uses it.

## References
- https://numpy.org/doc/stable/release/1.24.0-notes.html#expired-deprecations
- https://pillow.readthedocs.io/en/stable/releasenotes/10.0.0.html
- https://setuptools.pypa.io/en/latest/history.html
- https://protobuf.dev/news/2022-05-06/
"""

from __future__ import annotations

import re

from doctor.catalog import Version
from doctor.facts import ErrorText, Python
from doctor.model import OF_INSTALLERS, Severity
from doctor.remedy.actions import Action, Advice, Install

SEVERITY = Severity.ERROR
_WITH = {  # the releases that have what is missed
    "numpy<1.24": r"module 'numpy' has no attribute '(?:int|float|bool|object|str|complex|long|unicode|typeDict)'",
    "Pillow<10": r"module 'PIL\.Image' has no attribute '(?:ANTIALIAS|LINEAR|CUBIC)'"
    r"|'FreeTypeFont' object has no attribute 'getsize'|'ImageDraw' object has no attribute 'textsize'",
    "huggingface_hub<0.26": r"cannot import name 'cached_download' from 'huggingface_hub'",
    "protobuf<3.21": r"Descriptors cannot (?:not )?be created directly",
    "setuptools<59.6": r"module 'distutils' has no attribute 'version'",
    "setuptools<70": r"cannot import name 'packaging' from 'pkg_resources'",
    "setuptools<72": r"No module named '?setuptools\.command\.test\b",
    "setuptools<81": r"(?:ModuleNotFoundError|ImportError): No module named '?pkg_resources\b",
    "markupsafe<2.1": r"cannot import name 'soft_unicode' from 'markupsafe'",
}
_LEFT_TRITON = r"No module named '?triton\.ops\b"  # with Triton 3; an older one does not fit torch 2.4 and newer
SIGNATURES = (*_WITH.values(), _LEFT_TRITON)
EXPLAINS = ("package-of-another-version",)
NOT_WHILE = OF_INSTALLERS  # a build has packages of its own
QUANTIZED = "Install a bitsandbytes that works with this Triton"
NEWER = "Install a newer release of the package whose file is the last of the traceback, where there is one"
# the first Python for which there are no wheels of these releases
_TOO_NEW_PYTHON = {"numpy<1.24": "3.12", "setuptools<59.6": "3.12"}


def remedies(error: ErrorText | None, python: Python | None) -> tuple[Action, ...]:
    text = error.text if error else ""
    if re.search(_LEFT_TRITON, text) and "bitsandbytes" in text:
        return (Install(requirements=("bitsandbytes",), upgrade=True, title=QUANTIZED),)
    wanted = next((release for release, missed in _WITH.items() if re.search(missed, text)), None)
    if wanted is None or _is_too_new(python, wanted):
        return (Advice(title=NEWER),)
    return Install(requirements=(wanted,), title="Install the last releases that have it"), Advice(title=NEWER)


def _is_too_new(python: Python | None, wanted: str) -> bool:
    first = _TOO_NEW_PYTHON.get(wanted)
    return bool(first and python and python.version and Version.of(python.version) >= Version.of(first))

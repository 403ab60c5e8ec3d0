"""setuptools, or the pip that brings a part of it, is older than this Python.

## Why it matters
Python 3.12 removed `pkgutil.ImpImporter` and `distutils`. setuptools before 66.1 and pip before 23.1 ask for the first
when they start, so that nothing can be installed or built, and programs that import `pkg_resources` stop.

## What to do
Update both. Where the old setuptools is what a package brings along to build itself, no update here reaches it: a newer
release of that package is needed, or an older Python.

## References
- https://docs.python.org/3/whatsnew/3.12.html#removed
- https://setuptools.pypa.io/en/stable/history.html
- https://github.com/pypa/setuptools/pull/3685
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Install, NewEnvironment

SEVERITY = Severity.ERROR
SIGNATURES = (r"module 'pkgutil' has no attribute 'ImpImporter'",)
EXPLAINS = ("package-missing", "package-too-new-for-program")
UPDATE = "Update what is too old for this Python, to releases that still have pkg_resources"
PIP = "Renew pip, which cannot start, with `python -m ensurepip --upgrade`"
NEWER = (
    "Ask for a newer release of the package that is built here: this one was written for Python 3.11 and older, and"
    " brings its own setuptools to build with"
)
OLDER = "Or use the Python that the package was written for"
_BUILDS = re.compile(r"pip-build-env-|[/\\]builds-v\d|Getting requirements to build")
_OF_PIP = re.compile(r"pip[/\\]_vendor[/\\]pkg_resources")


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    text = error.text if error else ""
    if _OF_PIP.search(text):
        return (Advice(title=PIP),)
    if _BUILDS.search(text):
        return Advice(title=NEWER), NewEnvironment(python="3.11", title=OLDER)
    return (Install(("setuptools>=66.1,<81", "pip"), upgrade=True, title=UPDATE),)

"""The shared library of Python is missing, or lies where the loader does not look.

## Why it matters
Some packages and programs load Python as a library (libpython3.X.so): Isaac Gym, embedded interpreters, and a Python
that was itself built with one. The environments of conda have it in their `lib` folder, where the loader does not look
by itself; those of a distribution have it in a package of its own; static Pythons have none.

## What to do
The number must be that of the Python in use: with another number, the package was built for another Python. If it is
the same, show the loader the folder, or install the library.

## References
- https://docs.python.org/3/using/configure.html#cmdoption-enable-shared
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText, Host
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, AskPython

SEVERITY = Severity.ERROR
_LIBRARY = r"libpython3\.\d{1,2}m?(?:d|t)?\.so(?:\.1\.0)?"
SIGNATURES = (
    rf"\b{_LIBRARY}: cannot open shared object file",
    rf"error while loading shared libraries: {_LIBRARY}",
)
EXPLAINS = ("torch-not-importable", "torchcodec-ffmpeg", "python-headers-missing")
SHOW = "Show the Python in use and where it has its library: both numbers must be that of the missing file"
_CODE = "import sys, sysconfig as s; print(sys.version, s.get_config_var('LIBDIR'), s.get_config_var('LDLIBRARY'))"
FOLDER = "If they are, and the file is there: start the program with LD_LIBRARY_PATH set to that folder"
DEBIAN = "If it is a Python of Debian or Ubuntu, the library is a package of its own: {package}"


def remedies(error: ErrorText | None, host: Host | None) -> tuple[Action, ...]:
    show = AskPython(_CODE, title=SHOW)
    if host and host.os == "windows":  # the text is of another machine
        return (show,)
    named = re.search(r"libpython3\.\d{1,2}", error.text) if error else None
    package = Advice(title=DEBIAN.format(package=named[0] if named else "libpython3.X"))
    return show, Advice(title=FOLDER), package

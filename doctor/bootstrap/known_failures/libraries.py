"""Program libraries (DLL, so, dylib) that are missing or do not fit."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import Reason, Row

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "damaged-environment",
            "a library (DLL) in this environment is damaged, or of another version than what uses it",
            "make a new environment; or install the package that it belongs to again",
        ),
        (r"winerror 127\b", r"dll load failed[^:]{0,80}: the specified procedure could not be found"),
    ),
    (
        Reason(
            "missing-library",
            "a library (DLL) did not start: Microsoft's C++ library is too old for it, most likely",
            "install the newest Microsoft Visual C++ Redistributable (x64), and run this again",
        ),
        (r"initialization routine failed", r"(?:winerror|loadlibrary failed with error) 1114\b"),
    ),
    (
        Reason(
            "missing-library",
            "a library (DLL) was found that does not fit: of another program, or for another Windows",
            "run this in a new window with nothing but this environment on PATH; or make a new environment",
        ),
        (r"operating system cannot run %1", r"winerror 182\b"),
    ),
    (
        Reason(
            "missing-library",
            "a library (DLL) that is needed is missing",
            "install the Microsoft Visual C++ Redistributable (x64); or activate the environment first",
            is_general=True,
        ),
        (
            r"dll load failed", r"(?:winerror|loadlibrary failed with error) 126\b",
        ),
    ),
    (
        Reason(
            "missing-library",
            "a program did not start: a library (DLL) that it needs is missing",
            "install the Microsoft Visual C++ Redistributable (x64); or install the program again",
        ),
        (r"(?:code|status):? '?(?:3221225781|-1073741515|0xc0000135)\b",),
    ),
    (
        Reason(
            "missing-library",
            "the shared library {detail} is missing",
            "install the package of the system that has it; or activate the environment first",
            is_general=True,
        ),
        (
            r"loading shared libraries: ([\w.+-]{1,60})",
            r"(?<![\w.+-])(?<!dlerror: )([\w.+-]{1,60}\.so[\w.]{0,20}): cannot open shared",
        ),
    ),
    (
        Reason(
            "missing-library",
            "a part of .NET, {detail}, could not be loaded",
            "run this in PowerShell 7; or install again what needs it",
            is_general=True,
        ),
        (r"load file or assembly '(?:file:///)?([^',]{1,200})(?:.{0,300}?cannot find the file specified)?",),
    ),
    (
        Reason("missing-library", "the shared library {detail} is missing", "reinstall what it belongs to", True),
        (
            r"\b([\w-]{1,40}\.dll)['\"]? (?:was not found|is missing)",
            r"library not loaded: (?:\S{0,200}/)?([\w.+-]{1,80})",
        ),
    ),
)
# fmt: on

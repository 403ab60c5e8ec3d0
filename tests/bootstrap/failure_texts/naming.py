"""Files, environments and settings that are named, and are not there or not right."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "no-environment": (
        "EnvironmentLocationNotFound: see below",
        "DirectoryNotACondaEnvironmentError: see below",
        "error: No virtual environment found; make one",
        "critical libmamba Cannot activate, prefix does not exist at: /a",
        "EnvironmentNameNotFound: see below",
        "error: No Python interpreters found in virtual environments",
    ),
    "exists": (
        "CondaValueError: prefix already exists: /a",
        "error: A virtual environment already exists at `a`",
    ),
    "configuration": (
        "error: A mirror was provided via it",
        "ConfigurationLoadError: see below",
        "Configuration file contains invalid utf-8 characters",
        "ERROR: Could not find an activated virtualenv (required).",
        "An error occurred during configuration: a. Check your pip configuration files or environment variables",
        "error: TOML parse error at line 1",
        "error: No `project` table found in: `a`",
        "yaml.scanner.ScannerError: while scanning",
        "CondaValueError: could not parse 'a' in: b.yml",
        "Please ensure your dependencies file is right",
        "CustomValidationError: see below",
        "InvalidTypeError: see below",
    ),
    "missing-file": (
        "ERROR: Could not open requirements file: it is not there",
        "EnvironmentFileNotFound: see below",
        "error: No `pyproject.toml` found in current directory",
        "ERROR: a does not appear to be a Python project: neither 'setup.py' nor 'pyproject.toml' found.",
        "OSError: [Errno 2] nein: '/croot/a_1700000000000/work'",
        "ERROR: Could not install packages due to an OSError: [Errno 2] nein: '/a/b.whl'",
        "error: Distribution not found at: file:///a",
        "python: can't open file '/a/b.py': [Errno 2] nein",
        "Could not find a part of the path 'D:\\a'.",
        "未能找到路径“D:\\a”的一部分。",
        'Ein Teil des Pfades "D:\\a" konnte nicht gefunden werden.',
        'ERROR: File "setup.py" or "setup.cfg" not found.',
    ),
}

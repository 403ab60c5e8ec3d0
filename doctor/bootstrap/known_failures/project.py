"""What a project says of itself (pyproject.toml, .python-version, uv.lock) and does not fit."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import OTHER_PYTHON, Reason, Row

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "configuration",
            "the project asks for versions of Python that a package in it is not made for",
            "narrow requires-python in pyproject.toml to those that the package is made for",
        ),
        (
            r"value \([^()]{1,80}\) includes python versions",
            r"the resolution failed for other python versions supported", r"requested python version \([<>=~!]",
        ),
    ),
    (
        Reason(
            "no-python",
            "a package that is asked for is not made for this version of Python",
            f"{OTHER_PYTHON}; or name another version of the package",
        ),
        (
            r"uses a python version that is not supported by your dependencies",
            r"generating metadata for this package requires python",
        ),
    ),
    (
        Reason(
            "configuration",
            "the project has the name of a package that it needs",
            "give the project another name in pyproject.toml",
        ),
        (
            r"but the name is shadowed by", r"depends on itself at an incompatible version",
            r"matches project name `[^`]{1,80}`, but self-dependencies",
        ),
    ),
    (
        Reason(
            "configuration",
            "the project could not be resolved for a system other than this one",
            "name the systems that it is for in pyproject.toml (tool.uv.environments)",
        ),
        (r"resolution failed for an environment that is not the current one",),
    ),
    (
        Reason(
            "old-lock",
            "the lock is for other versions of Python, or for other systems",
            f"{OTHER_PYTHON}: one that the project names; or recreate the lock",
        ),
        (r"not compatible with the locked python requirement", r"not compatible with the lockfile's supported env"),
    ),
    (
        Reason(
            "no-python",
            "what was given as Python is neither a version nor a program here",
            "correct it: in the file .python-version, or behind --python",
        ),
        (
            r"no interpreter found (?:for executable name|at|in directory)\b", r"not a valid python download request",
            r"could not locate python interpreter",
        ),
    ),
    (
        Reason(
            "no-python",
            "this uv knows no such Python for this system",
            "uv self update, and run this again; or ask for another version",
        ),
        (r"no download found for request", r"no download url found for python",),
    ),
    (
        Reason(
            "configuration",
            "pyproject.toml names a part of the project that is not there",
            "correct it there, or the command",
        ),
        (
            r"but is not a workspace member", r"references an undeclared index",
            r"is missing an entry in `tool\.uv\.sources`", r"is missing a `pyproject\.toml` \(matches",
            r"(?:group|extra) `[^`]{1,80}` is not defined", r"requested extras? not found",
            r"dependency group '[^']{1,80}' (?:was )?not found",
            r"must refer to (?:a )?local directory",
        ),
    ),
    (
        Reason(
            "configuration",
            "a pyproject.toml is not valid, or not for this version of what reads it",
            "correct it; or, where the package is another's, ask for another version of it",
        ),
        (
            r"pyproject-build-system-requires", r"poetry configuration is invalid", r"configuration error: `project",
            r"failed to deserialize `pyproject\.toml", r"does not match the required schema",
            r"required `project\.\w{1,10}` field is", r"invalid `build-system\.requires`",
        ),
    ),
    (
        Reason(
            "build",
            "the project's folder has no module of its name, so nothing can be put into its package",
            "make that folder; or say in pyproject.toml where its modules are; or do not install it: "
            "uv sync --no-install-project",
        ),
        (
            r"expected a python module (?:with an `__init__\.py` )?at:",
            r"unable to determine which files to ship inside the wheel",
            r"no file/folder found for package",
        ),
    ),
)
# fmt: on

"""What uv says."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import ADMINISTRATOR, OTHER_PYTHON, Reason, Row

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "bad-name",
            "what lies at that address is a package of another name",
            "write the name that it has, or its address alone",
        ),
        (r"package metadata name `[^`]{1,80}` does not match given name",),
    ),
    (
        Reason("old-program", "this uv is too old for the project and its lock", "uv self update, and run this again"),
        (
            r"failed to parse `uv\.lock`.{0,300}invalid type: .{0,60}expected a timestamp",
            r"failed to parse `uv\.lock`.{0,300}failed to parse year in date",
        ),
    ),
    (
        Reason("damaged-file", "uv's store of packages is damaged", "uv cache clean, and run this again"),
        (
            r"failed to deserialize (?!`pyproject\.toml)",
            r"failed to (?:read|open) .{0,40}[\\/]archive-v\d.{0,120}\(os error 2\)",
            r"failed to read metadata from .{0,200}cache", r"attempted to re-extract",
        ),
    ),
    (
        Reason(
            "offline",
            "it may not use the network, and a file is missing",
            "leave --offline out, or get the file first",
        ),
        (r"network (?:connectivity )?(?:is|was) disabled", r"offlineerror", r"an offline python installation"),
    ),
    (
        Reason(
            "old-program",
            "uv does not know a setting of the project: it is too old for it, or the setting is misspelt",
            "uv self update, and run this again; or correct the setting",
        ),
        (r"unknown field `[^`]{1,60}`, expected",),
    ),
    (
        Reason(
            "no-python",
            "no Python of the version that is asked for is here",
            "install one (uv python install VERSION), or ask for another version",
        ),
        (
            r"no (?:python )?interpreters? found(?! in virtual environments(?!,))", r"failed to find interpreter",
            r"neither `python` nor `python3` are in",
            r"incompatible with the project's python requirement",
            r"version .{1,20} is not installed \(set by", r"no suitable python runtime", r"not installed, use -0",
            r"no runtimes? installed that match", r"can't find a default python|python [\d.]{1,6}(?:-\d\d)? not found!",
            r"current python version .{1,40} is not allowed by", r"unable to find a compatible version\b",
        ),
    ),
    (
        Reason(
            "old-lock",
            "the lock does not fit what is asked for, or cannot be read",
            "write it again; where uv is older than the lock, uv self update first",
        ),
        (
            r"needs to be updated, but .{1,20} was provided",
            r"failed to parse `[^`]{0,200}\.lock`(?:.{0,300}toml parse error)?",
            r"unable to find lockfile", r"could not parse lock-?file", r"since (?:poetry|pdm)\.lock was last",
            r"lock-?file not up-to-date",
            r"lock ?file (?:hash )?(?:doesn't|does not) match", r"pipfile\.lock .{0,40}out of date",
        ),
    ),
    (
        Reason(
            "broken-python",
            "a Python that is to be used does not answer",
            f"recreate its environment; or {OTHER_PYTHON}",
            is_general=True,
        ),
        (r"failed to (?:inspect|query) python interpreter", r"querying python at .{1,300} failed",),
    ),
    (
        Reason(
            "no-environment",
            "no environment is active here, and there is none in this folder",
            "make one with uv venv, and activate it; or name its Python: --python PATH",
            is_general=True,
        ),
        (
            r"no virtual environment found", r"failed to locate a virtualenv",
            r"(?:interpreters?|installation) found in virtual environments(?!,)",
        ),
    ),
    (
        Reason(
            "blocked",
            "uv could not make the file that starts a program: an antivirus program is often why",
            f"{ADMINISTRATOR} to allow it, and run this again",
        ),
        (r"failed to update windows pe resources", r"failed to write windows launcher"),
    ),
    (
        Reason("no-program", "uvx does not find uv, which belongs beside it", "reinstall uv"),
        (r"could not find the `uv` binary",),
    ),
    (
        Reason(
            "no-program",
            "{detail} is not in the environment, or the environment was moved",
            "uv add what has it, or uv sync; if it stays, recreate the environment",
            is_general=True,
        ),
        (r"failed to spawn: `([^`]{1,60})`.{0,20}caused by: (?:program not found|no such file)",),
    ),
    (
        Reason("damaged-environment", "a tool that uv installed is incomplete", "uv tool install --force NAME"),
        (r"is missing a valid (?:receipt|environment)",),
    ),
    (
        Reason("program-itself", "uv itself failed", "update it (uv self update), and run this again", True),
        (r"\bpanicked at\b", r"has overflowed its stack", r"unhandled exception in uv"),
    ),
)
# fmt: on

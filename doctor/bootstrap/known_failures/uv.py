"""What uv says."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import OTHER_PYTHON, Reason, Row

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason("damaged-file", "uv's store of packages is damaged", "uv cache clean, and run this again"),
        (
            r"failed to deserialize", r"failed to (?:read|open) .{0,40}[\\/]archive-v\d.{0,120}\(os error 2\)",
            r"failed to read metadata from .{0,200}cache",
        ),
    ),
    (
        Reason("offline", "it may not use the network, and lacks a file", "leave --offline out, or get the file first"),
        (r"network (?:connectivity )?(?:is|was) disabled", r"offlineerror"),
    ),
    (
        Reason(
            "no-python",
            "no Python of the version that is asked for is here",
            "install one (uv python install VERSION), or ask for another version",
        ),
        (
            r"no (?:python )?interpreters? found(?! in virtual environments(?!,))", r"failed to find interpreter",
            r"no download found for request",
            r"incompatible with the project's python requirement", r"not a valid python download request",
            r"version .{1,20} is not installed \(set by", r"no suitable python runtime", r"not installed, use -0",
            r"no runtimes? installed that match", r"can't find a default python|python [\d.]{1,6}(?:-\d\d)? not found!",
            r"current python version .{1,40} is not allowed by", r"unable to find a compatible version\b",
        ),
    ),
    (
        Reason("old-lock", "the lock does not fit what is asked for, or cannot be read", "write it again"),
        (r"needs to be updated, but .{1,20} was provided", r"failed to parse `[^`]{0,200}\.lock`",
            r"unable to find lockfile", r"could not parse lock-?file", r"since (?:poetry|pdm)\.lock was last",
            r"lock-?file not up-to-date",
            r"lock ?file (?:hash )?(?:doesn't|does not) match", r"pipfile\.lock .{0,40}out of date",
        ),
    ),
    (
        Reason(
            "broken-python",
            "a Python that is to be used does not answer",
            f"make its environment anew; or {OTHER_PYTHON}",
            is_general=True,
        ),
        (r"failed to (?:inspect|query) python interpreter", r"querying python at .{1,300} failed",),
    ),
    (
        Reason("program-itself", "uv itself failed", "update it (uv self update), and run this again", True),
        (r"\bpanicked at\b", r"has overflowed its stack", r"unhandled exception in uv"),
    ),
)
# fmt: on

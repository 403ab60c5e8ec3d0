"""What uv says."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "damaged-file": (
        "  ├─▶ Failed to deserialize cache entry",
        "Failed to read metadata from the cache",
        "Attempted to re-extract the source distribution for `a`, but it is another",
        "  Caused by: failed to read directory `/a/uv/archive-v0/b`: nein (os error 2)",
    ),
    "old-program": (
        "unknown field `a`, expected one of `b`",
        "error: Failed to parse `uv.lock`\n  Caused by: TOML parse error at line 9, column 5\n   |\n"
        "9 | a = true\ninvalid type: boolean `true`, expected a timestamp string",
        "error: Failed to parse `uv.lock`\n  Caused by: TOML parse error at line 9, column 5\n   |\n"
        'failed to parse year in date "2 weeks"',
    ),
    "damaged-environment": ("error: `a` is missing a valid receipt; reinstall it",),
    "broken-python": (
        "error: Failed to inspect Python interpreter from active virtual environment at `a`",
        "error: Querying Python at `/a` failed with it",
    ),
    "no-program": (
        "error: Failed to spawn: `a`\n  Caused by: program not found",
        "error: Could not find the `uv` binary at: /a/uv",
    ),
    "no-environment": (
        "error: No virtual environment found; run `uv venv` to create one",
        "error: Failed to locate a virtualenv or Conda environment",
        "error: No Python interpreters found in virtual environments",
        "error: No Python default installation found in virtual environments",
    ),
    "blocked": (
        "  Caused by: Failed to update Windows PE resources: D:\\a.exe",
        "  Caused by: Failed to write Windows launcher ZIP payload",
    ),
    "offline": (
        "Packages were unavailable because the network was disabled",
        "OfflineError: see below",
        "error: An offline Python installation was requested, but a is missing",
    ),
    "old-lock": (
        "error: The lockfile at `uv.lock` needs to be updated, but `--locked` was provided.",
        "error: Failed to parse `uv.lock`",
        "error: Unable to find lockfile",
        "it changed since poetry.lock was last generated",
        "  × lock-file not up-to-date with the workspace",
        "Lock file hash doesn't match it",
        "Pipfile.lock (a) is out of date",
        "  × could not parse lock-file",
    ),
    "program-itself": (
        "thread 'main' panicked at a.rs:1:2:",
        "thread 'main' has overflowed its stack",
        "error: unhandled exception in uv, see below",
    ),
    "no-python": (
        "  x Neither `python` nor `python3` are in `PATH`. Is it installed?",
        "error: No interpreter found for Python 3.13 in managed installations",
        "it is 3.8, which is incompatible with the project's Python requirement: `>=3.9`",
        "RuntimeError: failed to find interpreter for python_spec='python3.9'",
        "Current Python version (3.8.1) is not allowed by the project",
        "Poetry was unable to find a compatible version.",
        "pyenv: version `3.10.6' is not installed (set by it)",
        "No suitable Python runtime found",
        '[ERROR] No runtime installed that matches 3.99. Try running "py install 3.99".',
        "Can't find a default Python.",
        "Requested Python version (3.10) not installed, use -0 for available pythons",
        "error: No Python interpreters found in system toolchains",
    ),
    "bad-name": ("  ╰─▶ Package metadata name `a-b` does not match given name `a`",),
}

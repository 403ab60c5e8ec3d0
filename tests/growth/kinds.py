"""All kinds of input by reader, and those of them that every test run measures.

A run takes what has been quadratic once, and one kind of each form beside it; `scripts/growth.py` takes all of them.
"""

from __future__ import annotations

from tests.growth import checking, explaining, linting, projects
from tests.growth.measure import Kind

EVERY: dict[str, dict[str, Kind]] = {
    "explain": explaining.KINDS,
    "check": checking.KINDS,
    "formats": checking.FORMAT_KINDS,
    "lines": checking.LINES,
    "lint": linting.KINDS,
    "projects": projects.KINDS,
}
_CHOSEN: dict[str, tuple[str, ...]] = {
    "explain": (
        "one line of 9",
        "one line of Warning:",
        "one line of spaces",
        "lines of CUDA error",
        "tracebacks",
        "chained tracebacks",
    ),
    "check": (
        "dump headers",
        "one line of Warning:",
        "one line of token",
        "one line of brackets",
        "tracebacks",
        "many GPUs in a dump",
        "pip list",
        "report with packages",
        "unclosed brackets",
        "value of brackets",
    ),
    "formats": (
        "`accelerate env`",
        "`transformers env`, `diffusers-cli env` or `trl env`",
        "`python -m xformers.info`",
        "`python -m bitsandbytes`",
        "Ultralytics' `yolo checks`",
        "`amd-smi`",
        "`docker info` or `docker version`",
        "`nvidia-smi`",
    ),
    "lines": ("a form or a list that somebody filled in: '|-----------|---------|'",),
    "lint": (
        "blank lines after a syntax error",
        "blank lines of spaces after a syntax error",
        "one long broken cell",
        "workers of one name",
        "attributes of one name",
        "updates",
        "loaders",
        "threads before loops",
        "functions that call the next",
        "a dataset with much state",
        "state of state",
        "a notebook of cells",
    ),
    "projects": (
        "options of requirements",
        "brackets of .condarc",
        "dotted keys of uv.toml",
        "a page of open links",
        "a page of links that do not end",
        "a page in JSON",
        "repodata",
        "a log of one line of spaces",
        "a log of one line of carriage returns",
        "a log of conflicts",
        "pip.conf to be changed",
        "sources of apt",
    ),
}
IN_A_RUN = [(reader, name) for reader, names in _CHOSEN.items() for name in names]

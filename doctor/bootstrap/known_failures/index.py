"""What an index has, and which versions fit together."""

from __future__ import annotations

from dataclasses import replace

from doctor.bootstrap.known_failures.reason import OTHER_PYTHON, SOURCE, WAYS, Reason, Row

_CONFLICT = Reason(
    "no-solution",
    "the versions that are asked for exclude each other",
    f"loosen what is asked for; or {OTHER_PYTHON}",
)
_NOT_THERE = Reason(
    "not-there",
    f"{SOURCE}: not this version for this Python and system",
    f"name another version; {{mirror}}; or {OTHER_PYTHON}",
)

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        _CONFLICT,
        (
            r"conflicting dependencies", r"the conflict is caused by:",
            r"conflicting (?:urls|indexes) for", r"double requirement given",
            r"cyclicaldependencyerror", r"resolution-?too-?deep",
            r"specsconfigurationconflict",
            r"no viable options", r"resolutionimpossible",
            r"conflicts with any installable", r"found to be (?:in conflict|incompatible)", r"are incompatible",
            r"(?<!mamba)unsatisfiableerror",
        ),
    ),
    (
        Reason(
            "not-there",
            f"{SOURCE}: it does not have that name, or shows it only after a login",
            "look whether the name is right; or log in to that source first",
        ),
        (r"there are no versions of [\w.\[\]-]{1,80} and\b",),
    ),
    (
        Reason("not-there", f"{SOURCE}: it does not have that name", f"look whether the name is right; {WAYS}"),
        (r"not found in the package registry",),
    ),
    (
        Reason(
            "not-there",
            f"{SOURCE}: it does not have that version",
            "name another version; or name the source that has it: PyTorch's own as the command on pytorch.org does",
        ),
        (
            r"there (?:is|are) no versions? of [\w.\[\]-]{1,80} ?[=<>~!{]",
            r"because only (?!the following versions).{1,300} (?:is|are) available",
        ),
    ),
    (
        _NOT_THERE,
        (
            r"perhaps a (?:typo|missing channel)", r"packagesnotfounderror",
            r"not available from current channels", r"resolvepackagenotfound", r"requires? a different python",
            r"python version .{1,60} does not satisfy",
            r"no candidates were found",
            r"incompatible with the current platform", r"for the specified platform",
            r"missing in current .{1,20} channels", r"but the running python is",
            r"source distribution or wheel for the current",
            r"cannot install on python version", r"nothing provides",
            r"not found in the provided package locations",
            r"unable to find (?:installation )?candidates for", r"which doesn't match any versions",
            r"no versions of .{1,100} match ",
            r"is not compatible with some of the required packages", r"does not support '(?:linux|win|osx)-",
        ),
    ),
    (
        replace(_CONFLICT, sentence=f"{SOURCE}: no versions that fit together", is_general=True),
        (
            r"no solution found", r"solve for environment", r"libmambaunsatisfiableerror",
            r"requirements are unsatisfiable", r"version solving failed",
            r"found conflicts! .{0,160}\bfailed\b",
            r"resolutionfailure",
        ),
    ),
    (
        replace(_NOT_THERE, is_general=True),  # another index did not answer, maybe
        (r"from versions: \d",),
    ),
    (
        Reason("source", SOURCE, f"look whether it has the name, and for this version of Python; {WAYS}", True),
        (r"no matching distribution", r"not find suitable distribution for", r"not find a version"),
    ),
    (
        Reason("source", SOURCE, WAYS, True),
        (
            r"install build dependencies (?:did not run|exited with)", r"\bfetch failed\b",
            r"ha(?:ve|s) a release file", r"too many redirects|exceeded \d+ redirects",
            r"max retries", r"connection ?error", r"connection failed for", r"no package source answers",
            r"failed to fetch", r"request failed after \d+ retr", r"failed to download (?:from|binaries)",
            r"multi-download failed", r"exception occurred during a webclient",
            r"webcmdletwebresponseexception", r"errorid : webexception",
        ),
    ),
    (
        Reason(
            "damaged-file",
            "what a source sent, or what was kept of it, cannot be read",
            "run this again; with conda, conda clean --all first; if it stays, {mirror}",
            is_general=True,
        ),
        (r"jsondecodeerror",),
    ),
)
# fmt: on

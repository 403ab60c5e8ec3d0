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

_NONE = r"[^()]{0,60}(?:\(from [^()]{0,80}(?:\([^()]{0,40}\))?\) )?\(from versions: (?:none)?\)"

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        _CONFLICT,
        (
            r"conflicting dependencies", r"the conflict is caused by:",
            r"conflicting (?:urls|indexes) for", r"double requirement given",
            r"cyclicaldependencyerror", r"resolution-?too-?deep",
            r"no viable options", r"resolutionimpossible",
            r"are incompatible",
        ),
    ),
    (
        Reason(
            "not-there",
            f"{SOURCE}: it does not have that name, or shows it only after a login",
            "check the name; or log in to that source first",
        ),
        (r"there are no versions of [\w.\[\]-]{1,80} and\b",),
    ),
    (
        Reason("not-there", f"{SOURCE}: it does not have that name", f"check the name; {WAYS}"),
        (r"not found in the package registry",),
    ),
    (
        Reason(
            "not-there",
            "a package that is asked for is made for Linux alone, and for the usual versions of Python",
            "leave it out of the list; on Windows, triton comes as triton-windows",
            is_general=True,
        ),
        (
            r"requirement (?:triton|pytorch-triton|nvidia-(?:nccl|cufile|nvshmem)-cu\d\d|faiss-gpu)(?![\w-])"
            rf"{_NONE}",
        ),
    ),
    (
        Reason(
            "not-there",
            "the source has no PyTorch for this Python: its version is too new or too old, or it is one of 32 bits",
            f"{OTHER_PYTHON}, one of 64 bits; if it is one of the usual versions, {{mirror}}",
            is_general=True,
        ),
        (rf"requirement torch(?:vision|audio)?(?![\w-]){_NONE}",),
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
            r"(?<!versions that )(?<!link )requires? a different python",
            r"python version .{1,60} does not satisfy",
            r"no candidates were found",
            r"incompatible with the current platform", r"for the specified platform",
            r"but the running python is",
            r"source distribution or wheel for the current",
            r"not found in the provided package locations",
            r"unable to find (?:installation )?candidates for", r"which doesn't match any versions",
            r"no versions of .{1,100} match ",
            r"is not compatible with some of the required packages", r"does not support '(?:linux|win|osx)-",
        ),
    ),
    (
        replace(_CONFLICT, sentence=f"{SOURCE}: no versions that fit together", is_general=True),
        (
            r"no solution found",
            r"requirements are unsatisfiable", r"version solving failed",
            r"resolutionfailure",
        ),
    ),
    (
        replace(_NOT_THERE, is_general=True),  # another index did not answer, maybe
        (r"from versions: \d", r"versions that require a different python"),
    ),
    (
        Reason("source", SOURCE, f"look whether it has the name, and for this version of Python; {WAYS}", True),
        (
            r"no matching distribution", r"not find suitable distribution for", r"not find a version",
            r"no distributions(?: at all)? found for",
        ),
    ),
    (
        Reason("source", SOURCE, WAYS, True),
        (
            r"install build dependencies (?:did not run|exited with)", r"\bfetch failed\b",
            r"ha(?:ve|s) a release file", r"too many redirects|exceeded \d+ redirects",
            r"max retries", r"connection ?error", r"no package source answers",
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
        (
            r"jsondecodeerror", r"unable to read repodata json", r"conversion from json failed",
            r"invalid json primitive",
        ),
    ),
)
# fmt: on

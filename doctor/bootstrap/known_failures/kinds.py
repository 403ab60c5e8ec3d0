"""Kinds of reasons that count less than others which a log gives as well, and what of their lines is shown."""

from __future__ import annotations

LEAST = "program-itself"  # it crashed, as far as can be seen
LAST_RESORTS = frozenset({"source", LEAST})  # true of nearly every failure
BY_WHAT_IT_LACKS = "package-script"  # which failed by what is missing, more often than by itself
VAGUE = LAST_RESORTS | {BY_WHAT_IT_LACKS}  # what else is said tells why
CONSEQUENCES = frozenset(  # where they are general: what is not there was to come of what had failed before
    {
        "conda-init",
        "missing-file",
        "missing-library",
        "no-environment",
        "no-module",
        "no-pip",
        "no-program",
        "script",
    }
)
SHOWN = frozenset({"configuration", "missing-file", "not-there", "source"})  # their line names the thing, if general

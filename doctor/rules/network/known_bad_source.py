"""A configured package source is known not to work as configured.

## Why it matters
Often-copied guides name URLs that never were an index, are gone, or get no updates. pip then reports a missing package,
and a single missing channel stops conda.

## What to do
Replace the URL with one that `torch-doctor mirrors` has tested.

## References
- https://mirrors.tuna.tsinghua.edu.cn/help/anaconda/
- https://github.com/tuna/issues/issues/2127
- https://github.com/sjtug/mirror-requests/issues/421
"""

from __future__ import annotations

from doctor.catalog.mirrors import known_bad
from doctor.facts import Source, Sources
from doctor.model import Severity
from doctor.remedy.actions import Action, Doctor
from doctor.rules.api import Answer, not_there, seen, there

SEVERITY = Severity.WARNING
MESSAGE = "{tool}'s {key} {url} ({where}): {why}"
SIGNATURES = ()


def check(sources: Sources) -> Answer:
    for source in sources.entries:
        why = _reason(source)
        if why:
            evidence = seen("sources.entries", f"{source.key} = {source.url}", "a source that works")
            where = source.where or "configuration"
            return there(evidence, tool=source.tool, key=source.key, url=source.url, where=where, why=why)
    return not_there("sources.entries", "none that is known to be bad")


def remedies() -> tuple[Action, ...]:
    return (Doctor(("mirrors",), title="Test the package sources and choose working ones"),)


def _reason(source: Source) -> str:
    bad = known_bad(source.url, source.key)
    return f"{bad.why}; use {bad.instead} instead" if bad else ""

"""A configured package source is known not to work as configured.

## Why it matters
Guides that were copied around name addresses that never were an index, are gone, or hold nothing new. pip then
reports a missing package, and one missing channel stops conda.

## What to do
Replace the address by one that `doctor mirrors` has tested.

## References
- https://mirrors.tuna.tsinghua.edu.cn/help/anaconda/
- https://github.com/tuna/issues/issues/2127
- https://github.com/sjtug/mirror-requests/issues/421
"""

from __future__ import annotations

from doctor.catalog.mirrors import known_bad
from doctor.facts import Source, Sources
from doctor.model import Remedy, Risk, Severity
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.WARNING
MESSAGE = "{tool}'s {key} {url} ({where}): {why}"
SIGNATURES = ()


def check(sources: Sources) -> Answer | None:
    for source in sources.entries:
        why = _why(source)
        if why:
            evidence = seen("sources.entries", f"{source.key} = {source.url}", "a source that works")
            where = source.where or "configuration"
            return there(evidence, tool=source.tool, key=source.key, url=source.url, where=where, why=why)
    return None


def remedies() -> tuple[Remedy, ...]:
    return (Remedy("Test the package sources and choose working ones", (("torch-doctor", "mirrors"),), Risk.MANUAL),)


def _why(source: Source) -> str:
    bad = known_bad(source.url, source.key)
    return f"{bad.why}; instead: {bad.instead}" if bad else ""

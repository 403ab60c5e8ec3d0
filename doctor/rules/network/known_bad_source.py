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

import re

from doctor.facts import Source, Sources
from doctor.model import Remedy, Risk, Severity
from doctor.rules.api import Hit, hit, seen

SEVERITY = Severity.WARNING
MESSAGE = "{tool}'s {key} {url} ({where}): {why}"
SIGNATURES = ()
# state of 2026-11-23, from the operators' pages and issue trackers
_BAD = (
    (r"mirrors\.tuna\.tsinghua\.edu\.cn/pytorch(?:-wheels)?/", "*", "there is no such tree on this mirror"),
    (r"mirrors\.aliyun\.com/pytorch-wheels", "index-url", "a flat folder, it works with --find-links only"),
    (r"mirrors\.aliyun\.com/pytorch-wheels", "extra-index-url", "a flat folder, it works with --find-links only"),
    (r"pytorch-wheels/(?:.{0,80}/)?torch_stable\.html", "*", "this list ends with torch 1.11"),
    (r"mirror\.sjtu\.edu\.cn/pytorch-wheels/whl/", "*", "the part whl/ is refused; leave it out"),
    (r"mirror\.sjtu\.edu\.cn/pypi-packages", "index-url", "a store of files, not an index"),
    (
        r"(?:tuna\.tsinghua|bfsu|ustc)\.edu\.cn/anaconda/(?:cloud/)?nvidia",
        "*",
        "the nvidia channel is not mirrored there",
    ),
    (r"anaconda/pkgs/(?:free|mro|pro)\b|cloud/menpo", "*", "this channel has had no updates for years"),
    (r"pypi\.douban(?:io)?\.com|opentuna\.cn|pypi\.mirrors\.ustc\.edu\.cn", "*", "this service has ended or moved"),
)


def check(sources: Sources) -> Hit | None:
    for source in sources.entries:
        why = _why(source)
        if why:
            evidence = seen("sources.entries", f"{source.key} = {source.url}", "a source that works")
            where = source.where or "configuration"
            return hit(evidence, tool=source.tool, key=source.key, url=source.url, where=where, why=why)
    return None


def remedies() -> tuple[Remedy, ...]:
    return (Remedy("Test the package sources and choose working ones", (("torch-doctor", "mirrors"),), Risk.MANUAL),)


def _why(source: Source) -> str:
    matching = (why for address, key, why in _BAD if key in ("*", source.key) and re.search(address, source.url))
    return next(matching, "")

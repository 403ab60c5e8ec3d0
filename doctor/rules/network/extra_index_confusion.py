"""Two indexes are mixed: pip takes the highest version of either, uv looks no further than the first that has one.

## Why it matters
pip does not rank `index-url` and `extra-index-url`: whoever publishes a higher version under the same name on the
public index wins. In December 2022 a false `torchtriton` on PyPI was installed instead of PyTorch's own in this way.
uv therefore stops at the first index that has the package, even where only the next one has the version that is needed.

## What to do
Serve everything through one index, or tie the package to its index (uv: `explicit = true`).

## References
- https://pytorch.org/blog/compromised-nightly-dependency/
- https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-extra-index-url
"""

from __future__ import annotations

from doctor.facts import Source, Sources
from doctor.model import Severity
from doctor.rules.api import Answer, not_there, seen, there

SEVERITY = Severity.INFO
MESSAGE = (
    "pip is configured ({where}) to mix {url} with its main index: the higher version wins, whichever it comes from"
)
SIGNATURES = (
    r"https?://(?!download(?:-r2)?\.pytorch\.org/)\S{1,200}/torchtriton\b",  # from anywhere but its home
    r"A compatible version may be available on a subsequent index",
    r"(?i)\bdependency confusion\b",
)
_PUBLIC = ("download.pytorch.org", "pypi.nvidia.com", "pypi.ngc.nvidia.com", "//localhost", "//127.0.0.1")


def check(sources: Sources) -> Answer:
    extra = next((s for s in sources.entries if _private(s)), None)
    if extra is None:
        return not_there("sources.entries", "no private index next to the main one")
    evidence = seen("sources.entries", f"extra-index-url = {extra.url}", "one index")
    return there(evidence, url=extra.url, where=extra.where or "configuration")


def _private(source: Source) -> bool:
    remote = source.url.startswith(("http://", "https://")) and not any(host in source.url for host in _PUBLIC)
    return source.tool == "pip" and source.key == "extra-index-url" and remote

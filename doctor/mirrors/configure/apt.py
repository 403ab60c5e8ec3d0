"""apt's deb822 files: the addresses of the archive; the security suites stay where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doctor.mirrors.configure import ConfigEdit, ConfigLocations, decode, encode, read

_URIS = re.compile(r"(?im)^(URIs:[ \t]*)(\S+)([ \t]*\r?)$")


def edits(places: ConfigLocations, distribution: str, url: str) -> Iterator[ConfigEdit]:
    """Every *.sources file in which the archive of the distribution ("debian", "ubuntu") has another address."""
    for path in sorted((places.apt / "sources.list.d").glob("*.sources")):
        old = read(path)
        text = decode(old)
        new = "".join(_stanza(part, distribution, url) for part in re.split(r"(\n[ \t]*\r?\n)", text))
        if new != text:
            yield ConfigEdit("apt", path, old, encode(new), url)


def _stanza(text: str, distribution: str, url: str) -> str:
    """A stanza with one address, of the archive itself: not the security one, not another repository."""
    uris = _URIS.search(text)
    suites = re.search(r"(?im)^Suites:[ \t]*(.+)$", text)
    if uris is None or not uris[2].rstrip("/").endswith(f"/{distribution}"):
        return text
    if suites and all("security" in suite for suite in suites[1].split()):
        return text
    return text[: uris.start()] + f"{uris[1]}{url.rstrip('/')}{uris[3]}" + text[uris.end() :]

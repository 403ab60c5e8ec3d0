"""Credentials in addresses: of URLs, of proxies without a scheme, in queries, fragments and paths.

The host of a URL stays: which index is asked, and whether it is a mirror, decides what is wrong with an installation.
"""

from __future__ import annotations

import re

from doctor.privacy.lazily import lazily
from doctor.privacy.stand_ins import ELLIPSIS

_URL = lazily(r"(?<![\w+.-])[a-zA-Z][\w+.-]*:(?:\\?/){2}(?:[^\s\"'<>|`]|['\"](?=[^\s\"'<>|`/]{1,64}@))+")
_PARAMETER = lazily(r"([?&;#])([\w.%~-]{1,80})=([^&;#\s]+)")
_SECRET_NAME = lazily(
    r"(?i)token|secret|passw|pwd|credential|auth(?!or)|signature|api.?key|(?:^|[^a-z])(?:key|sig|pw|pass|policy|sas|ticket)"
    r"(?:$|[^a-z])|^(?:code|sid|jwt|key-pair-id)$|session"
)
_ENCODED = lazily(r"(?i)(%3a%2f%2f)[^\s/&%:]{0,200}?(?:%3a|:)[^\s/&]{0,200}?(?:%40|@)")
_BARE = lazily(
    r"(?<![\w/@:.%+\\$~-])([\w.%+\\$~-]{1,100}):(?![\\/]|\d{2,5}(?![\w!@.,$#%^&*-]))([^\s@:]{1,99}(?:[@:][^\s@:]{1,99}){0,3}(?=@[\w.-]{1,253}:\d)"
    r"|[^\s@:/]{1,200})@"
    r"(?=((?!sha\d)[a-zA-Z0-9][\w-]{0,62}(?:\.[\w-]{1,63}){0,8}|\[[\da-fA-F:]{2,45}\])(:\d{2,5})?(?![\w@]))"
)
_DIGITS = lazily(r"\d+")
_RANDOM = lazily(r"(?=.*\d)(?=.*[A-Za-z])[^/]{8,}")


def without_credentials(url: str) -> str:
    """A URL (or `user:password@host:port` of a proxy) without user, password, and tokens in query or path."""
    scheme, mark, rest = url.partition("://") if "://" in url else ("", "", url)
    authority = re.match(r"(?!(?:git|hg)@)[^/?#]*@", rest) or re.match(r"[^/@\s:]+:(?!\d+(?:[/?#]|$))[^@\s]*@", rest)
    if authority and not (not mark and "/" in authority[0]):
        rest = rest[len(authority[0]) :]
    rest = re.sub(r"(?<=://)[^/?#\s]*@", "", rest)  # of an address within the address
    rest = re.sub(r"(?<=/)t/[^/\s]{8,}(?=/|$)", "t/…", rest)  # conda's token folder
    return scheme + mark + _PARAMETER.sub(_hidden, _ENCODED.sub(r"\1", rest))


def without_addresses_credentials(text: str) -> str:
    """A text in which no address holds any."""
    if "://" in text or "/\\/" in text:
        text = _URL.sub(_url, text)
    return _BARE.sub(_bare, text) if "@" in text else text


def _url(found: re.Match[str]) -> str:
    if "://" in found[0]:
        return without_credentials(found[0])
    return without_credentials(found[0].replace("\\/", "/")).replace("/", "\\/")  # as JSON may have it


def _hidden(found: re.Match[str]) -> str:
    mark, name, value = found.groups()
    if not _SECRET_NAME.search(name) or value == ELLIPSIS:
        return found[0]
    return f"{mark}{name}={ELLIPSIS}"


def _bare(found: re.Match[str]) -> str:
    """Of a proxy's address: what stands before an `@` elsewhere may be the tag of an image or a version."""
    _, password, host, port = found.groups()
    named = port or "." in host or host == "localhost" or re.search(r"[^\w.-]", password)
    if named and _DIGITS.fullmatch(host.replace(".", "")) and not port:
        named = host.count(".") == 3 and _RANDOM.fullmatch(password)  # a version has fewer parts, and no password
    return "" if named else found[0]

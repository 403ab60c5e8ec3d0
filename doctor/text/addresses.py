"""Web addresses as pages, locks, settings and people write them. What is no address has no parts, and leads nowhere."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit

_NONE = SplitResult("", "", "", "", "")


def parts_of(address: str) -> SplitResult:
    """Its scheme, host, port and path; all empty where it cannot be taken apart.

    >>> parts_of("https://wheels.example:8080/simple").port, parts_of("http://[::1/simple").hostname
    (8080, None)
    """
    try:
        found = urlsplit(address)
        found.port  # noqa: B018 - only here are numbers beyond 65535 noticed
        (found.hostname or "").encode("idna")  # "wheels..example" and names of more than 63 characters are none
    except ValueError:
        return _NONE
    return found


def joined(page: str, link: str) -> str:
    """Where a link on a page leads; "" where it is none."""
    try:
        return urljoin(page, link)
    except ValueError:
        return ""

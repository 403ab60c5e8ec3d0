"""The proxy."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import Reason, Row

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "proxy",
            "the proxy refused",
            "set HTTPS_PROXY to the address your network gives out, with its user and password",
        ),
        (
            r"tunnel connection failed", r"tunnel error", r"connect tunnel failed", r"proxy connect aborted",
            r"\b407\b.{0,40}proxy|proxy.{0,40}\b407\b", r"indicate success: 407\b", r"proxy (?:authentication|refused)",
            r"(?:to|by|from) (?:the )?proxy after connect",
        ),
    ),
    (
        Reason("proxy", "the address of the proxy is not valid", "set HTTPS_PROXY to http://HOST:PORT"),
        (
            r"socks version from", r"check proxy url", r"proxy url had no scheme", r"requires server_hostname",
            r"unknown proxy scheme", r"invalid proxy url", r"only use http and not https",
        ),
    ),
    (
        Reason(
            "proxy",
            "what answered there does not speak TLS: most often a proxy whose address has to begin with http://",
            "set HTTPS_PROXY to http://HOST:PORT; or remove the proxy, in the system's settings too",
        ),
        (r"wrong[_ ]version[_ ]number",),
    ),
    (
        Reason(
            "proxy",
            "what answered there does not speak HTTP: most often a proxy of another kind, or another port of it",
            "correct the proxy (HTTPS_PROXY, and pip config list), or remove it where none is needed",
        ),
        (r"badstatusline\((?!['\"]{2,4}\))", r"received http/0\.9 when not allowed", r"invalid http version parsed"),
    ),
    (
        Reason(
            "proxy",
            "the proxy that is set does not answer",
            "correct HTTPS_PROXY, or the proxy in the system's settings, or remove it where there is none",
        ),
        (
            r"proxyerror",
            r"(?:to|by|from) (?:the )?proxy\b(?! rules)"
            r"(?:(?:\.', |.{0,120} while fetching).{0,500}"
            r"(?:getaddrinfo failed|refused|timed out|unreachable|resolve))?",
            r"could not resolve proxy",
        ),
    ),
    (
        Reason("proxy", "pip needs the package PySocks for a SOCKS proxy", "install uv; or name an HTTP proxy"),
        (r"dependencies for socks support",),
    ),
)
# fmt: on

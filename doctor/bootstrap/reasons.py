"""What a step that failed says of itself in its log: the last error decides, and what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FOLDER = "name another folder with TORCH_DOCTOR_HOME=/path"
_SOURCE = "the package source did not provide what is needed"
_WAYS = "try --mirror auto; behind a proxy set HTTPS_PROXY; without a network use --offline DIR"


@dataclass(frozen=True)
class Reason:
    """Why, as the end of a sentence, and what to do; parts of `next_step` are divided by "; "."""

    sentence: str
    next_step: str


_GENERAL = Reason(_SOURCE, _WAYS)
# of what a line says the first that matches, the specific before the general
_OF_MACHINES = (
    (
        Reason("the disk is full", f"free some space, or {_FOLDER}"),
        r"no space left|disk quota|not enough space|errno 28\b|os error (?:28|112)\b|winerror 112\b",
    ),
    (
        Reason("a path is too long for Windows", f"turn on long paths, or {_FOLDER}"),
        r"filename or extension is too long|winerror 206\b|os error 206\b|file name too long",
    ),
    (
        Reason("a file is in use by another program", "close what uses it, and run this again"),
        r"winerror 32\b|os error 32\b|being used by another process",
    ),
    (
        Reason("the system's protection blocked a file", "ask who administers this machine to allow it"),
        r"(?:winerror|os error) (?:225|1260|4551)\b|contains a virus|blocked by (?:group|your)",
    ),
    (
        Reason("a folder is not writable", _FOLDER),
        r"permission denied|access is denied|read-only file system|errno (?:13|30)\b|(?:winerror|os error) 5\b",
    ),
)
_OF_SOURCES = (
    (
        Reason("a downloaded file is not the expected one", "try another source with --mirror; do not use that file"),
        r"do not match the hashes|hash mismatch|checksum|hash differs",
    ),
    (
        Reason(
            "the proxy refused", "set HTTPS_PROXY to the address your network gives out, with its user and password"
        ),
        r"proxyerror|tunnel connection|proxy (?:authentication|refused|error)|(?:to|by|from) (?:the )?proxy\b",
    ),
    (
        Reason(
            "the TLS certificate is not trusted", "a company network: set SSL_CERT_FILE and PIP_CERT to its CA bundle"
        ),
        r"certificate[ _](?:verify|is not|has expired|validation)|invalid peer certificate|unknownissuer"
        r"|ssl connection could not|trust relationship|sslcertverification",
    ),
    (
        Reason(f"{_SOURCE}: its name was not found (DNS)", _WAYS),
        r"name or service not known|name resolution|getaddrinfo|no such host|resolve host|nodename nor servname"
        r"|dns error|failed to lookup address",
    ),
    (
        Reason(f"{_SOURCE}: the connection was refused", _WAYS),
        r"connection refused|actively refused|errno 111\b|winerror 10061\b|os error (?:111|10061)\b",
    ),
    (Reason(f"{_SOURCE}: it did not answer in time", _WAYS), r"timed out|timeouterror"),
    (
        Reason(f"{_SOURCE}: the connection broke off", _WAYS),
        r"ended prematurely|incompleteread|connection (?:was )?(?:broken|reset|closed)|reset by peer|unexpected eof",
    ),
    (
        _GENERAL,
        r"no matching distribution|not find a version|not found in the|no solution found|too many redirects"
        r"|exceeded \d+ redirects|\b(?:http|status|error|server)\b\D{0,20}[45]\d\d\b|\b[45]\d\d (?:client|server) error"
        r"|network is unreachable|max retries|connection ?error|no package source answers|failed to fetch",
    ),
)
_KNOWN = tuple((re.compile(words, re.I), reason) for reason, words in (*_OF_MACHINES, *_OF_SOURCES))
# an error may be about an address or a file that has such a word in its name
_NAMES = re.compile(r"https?://\S+|[\w.+-]+\.(?:whl|tar\.gz|zip|metadata)\b")
_HARMLESS = re.compile(r"\s*(?:warning: retrying|note:|hint:|\[notice\]|looking in|collecting|downloading|using)", re.I)


def reason(log: str) -> Reason | None:
    """Why the step failed, or None where its log does not say."""
    general: Reason | None = None
    for line in reversed(log.splitlines()):
        found = None if _HARMLESS.match(line) else _of(line)
        if found is _GENERAL:
            general = found  # what stands behind "no matching distribution" was said before it
        elif found and (general is None or found in dict(_OF_SOURCES)):
            return found
    return _retried(log) or general


def _of(line: str) -> Reason | None:
    plain = _NAMES.sub("", line)
    return next((found for words, found in _KNOWN if words.search(plain)), None)


def _retried(log: str) -> Reason | None:
    """pip gives up with a general sentence; why stands in its warnings."""
    lines = [line for line in log.splitlines() if line.lstrip().lower().startswith("warning: retrying")]
    return _of(lines[-1]) if lines else None

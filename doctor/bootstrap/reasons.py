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


_PROXY = Reason(
    "the proxy refused", "set HTTPS_PROXY to the address your network gives out, with user and password if it asks"
)
_DISK = Reason("the disk is full", f"free some space, or {_FOLDER}")
_WRITE = Reason("a folder is not writable", _FOLDER)
_IN_USE = Reason(
    "a file is in use by another program", "close it, or the virus scanner's look at it, and run this again"
)
_LONG = Reason("a path is too long for Windows", f"turn on long paths, or {_FOLDER}")
_HASH = Reason("a downloaded file is not the expected one", "try another source with --mirror; do not use that file")
_TLS = Reason(
    "the TLS certificate is not trusted", "a company network: set SSL_CERT_FILE and PIP_CERT to its CA bundle"
)
_BLOCKED = Reason(
    "the system's protection blocked a program", "allow it in the virus scanner, or ask who administers this machine"
)
_NAME = Reason(f"{_SOURCE}: its name was not found (DNS)", _WAYS)
_REFUSED = Reason(f"{_SOURCE}: the connection was refused", _WAYS)
_SLOW = Reason(f"{_SOURCE}: it did not answer in time", _WAYS)
_CUT = Reason(f"{_SOURCE}: the connection broke off", _WAYS)
_OTHER = Reason(_SOURCE, _WAYS)
_OF_SOURCES = (_PROXY, _HASH, _TLS, _NAME, _REFUSED, _SLOW, _CUT)  # what may stand behind "no matching distribution"
# in each line the first that matches, the specific before the general
_KNOWN = tuple(
    (re.compile(words, re.I), reason)
    for words, reason in (
        (r"no space left|disk quota|not enough space|errno 28\b|os error (?:28|112)\b|winerror 112\b", _DISK),
        (r"filename or extension is too long|winerror 206\b|os error 206\b|file name too long", _LONG),
        (r"winerror 32\b|os error 32\b|being used by another process", _IN_USE),
        (r"winerror (?:225|1260|4551)\b|os error (?:225|1260|4551)\b|contains a virus|blocked by (?:group|your)", _BLOCKED),
        (r"permission denied|access is denied|errno (?:13|30)\b|read-only file system|winerror 5\b|os error 5\b", _WRITE),
        (r"do not match the hashes|hash mismatch|checksum|hash differs", _HASH),
        (r"proxyerror|tunnel connection|\bproxy (?:authentication|refused|error)|(?:to|by|from) (?:the )?proxy\b|\b407\b(?! ?[km]?b)", _PROXY),
        (r"certificate[ _](?:verify|is not|has expired|validation)|certificat\w* .*(?:trust|invalid|unknown)|unknownissuer|ssl connection could not|trust relationship|sslcertverification", _TLS),
        (r"name or service not known|name resolution|getaddrinfo|no such host|resolve host|nodename nor servname|dns error|failed to lookup address", _NAME),
        (r"connection refused|actively refused|errno 111\b|winerror 10061\b|os error (?:111|10061)\b", _REFUSED),
        (r"timed out|timeout", _SLOW),
        (r"ended prematurely|incompleteread|connection (?:was )?(?:broken|reset|closed)|reset by peer|unexpected eof|broken pipe", _CUT),
        (r"no matching distribution|not find a version|not found in the|no solution found|too many redirects|exceeded \d+ redirects|\b(?:http|status|error|server)[^\d]{0,20}[45]\d\d\b(?!ms)|\b[45]\d\d (?:client|server) error|network is unreachable|max retries|connection ?error|no package source answers|failed to fetch", _OTHER),
    )
)  # fmt: skip
# an error, not an address or a file that only has such a word in its name
_ADDRESS = re.compile(r"https?://\S+|[\w.+-]+\.(?:whl|tar\.gz|zip|metadata)\b")
_HARMLESS = re.compile(
    r"^\s*(?:warning: retrying|note:|hint:|\[notice\]|looking in|collecting|downloading|using cached)", re.I
)


def reason(log: str) -> Reason | None:
    """Why the step failed, or None where its log does not say."""
    general: Reason | None = None
    for line in reversed(log.splitlines()):
        found = None if _HARMLESS.match(line) else _of(line)
        if found is _OTHER:
            general = found
        elif found and (general is None or found in _OF_SOURCES):
            return found
    return _retried(log) or general


def _of(line: str) -> Reason | None:
    plain = _ADDRESS.sub("", line)
    return next((found for words, found in _KNOWN if words.search(plain)), None)


def _retried(log: str) -> Reason | None:
    """pip gives up with a general sentence; why stands in its warnings."""
    lines = [line for line in log.splitlines() if line.lstrip().lower().startswith("warning: retrying")]
    return _of(lines[-1]) if lines else None

"""A package source is used without verifying who answers.

## Why it matters
An index over plain http, or one listed in `trusted-host`, is not verified: anybody on the network path can put any code
into the packages.

## What to do
Use the https address and remove `trusted-host`.

## References
- https://pip.pypa.io/en/stable/cli/pip/#cmdoption-trusted-host
"""

from __future__ import annotations

from doctor.facts import Python, Source, Sources
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, AskPip
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.WARNING
MESSAGE = "{tool}'s {key} {url} ({where}) is not verified"
SIGNATURES = (
    r"is not a trusted or secure host and is being ignored",
    r"The repository located at \S+ is not a trusted or secure",
    r"Unverified HTTPS request is being made to host '[^']{0,80}(?:pypi|pythonhosted|anaconda|pytorch|mirror)",
)
_INDEXES = ("index-url", "extra-index-url", "find-links", "channels", "index", "default-channels")
_TOOLS = ("pip", "uv", "conda")
_LOCAL = ("http://localhost", "http://127.0.0.1", "http://[::1]")


HTTPS = "Change the source to its https address in {where}, if it has one"
REMOVE = "Remove trusted-host from pip's configuration"
REMOVE_FROM = "Remove trusted-host from {where}"


def check(sources: Sources) -> Answer:
    bad = _insecure(sources)
    if bad is None:
        return cannot_tell("sources.entries")  # a source may be named in the command itself
    evidence = seen("sources.entries", f"{bad.key} = {bad.url}", "https, and no trusted-host")
    return there(evidence, tool=bad.tool, key=bad.key, url=bad.url, where=bad.where or "configuration")


def remedies(sources: Sources, python: Python | None) -> tuple[Action, ...]:
    bad = _insecure(sources)
    if bad is None:
        return ()
    where = bad.where or "the configuration"
    if bad.key != "trusted-host":
        return (Advice(title=HTTPS.format(where=where)),)
    level = _level(bad.where, python)
    if not level or bad.tool != "pip":
        return (Advice(title=REMOVE_FROM.format(where=where)),)
    unset = ("config", level, "unset", _setting(sources, bad.where))
    # a source without https needs the setting, so taking it away would cut that off
    needed = any(s.tool == "pip" and s.key in _INDEXES and s.url.startswith("http://") for s in sources.entries)
    safe = not needed and python is not None and bool(python.pip_version)
    return (AskPip(unset, (bad.where,), safe, title=REMOVE),)


def _level(where: str, python: Python | None) -> str:
    """pip's word for the file that a person may change; "" for a variable or a file of the system's."""
    if not where.endswith(("pip.conf", "pip.ini")):
        return ""
    if python and python.prefix and where.startswith(python.prefix):
        return "--site"
    legacy = "/.pip/" in where or where == r"~\pip\pip.ini"  # pip writes to the other one of the user's files
    return "--user" if where.startswith("~") and not legacy else ""


def _setting(sources: Sources, where: str) -> str:
    """With its section: "global.trusted-host"."""
    settings = next((file.settings for file in sources.config_files if file.path == where), {})
    return next((name for name in settings if name.endswith(".trusted-host")), "global.trusted-host")


def _insecure(sources: Sources) -> Source | None:
    return next((s for s in sources.entries if s.tool in _TOOLS and _unverified(s)), None)


def _unverified(source: Source) -> bool:
    plain = source.key in _INDEXES and source.url.startswith("http://") and not source.url.startswith(_LOCAL)
    return plain or (source.key == "trusted-host" and source.url.split(":")[0] not in ("localhost", "127.0.0.1"))

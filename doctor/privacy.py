"""What must not leave the machine: home folder, user and host name, credentials in URLs, ids of devices.

Everything is replaced where it is collected, before it becomes a fact. The replacements stay useful: `~` and `$USER`
are what a shell expands, and `expand` turns them back on the machine they came from.
"""

from __future__ import annotations

import os
import re
import socket
from functools import lru_cache
from pathlib import Path

HOST = "<host>"
USER = "$USER"

# names that tell nothing about a person, and words that texts about Python are full of
_COMMON_NAMES = (
    "root user users admin administrator ubuntu debian fedora centos alpine linux windows runner runneradmin jovyan"
    " vscode codespace container docker nobody default public shared guest student nvidia jetson orin python conda"
    " miniconda anaconda mamba torch pytorch vision cuda server desktop laptop localhost localdomain build builder"
    " test tests work worker data home local sagemaker colab kaggle azureuser ec2-user"
)
_COMMON = frozenset(_COMMON_NAMES.split())
_URL = re.compile(r"(?<![\w+.-])[a-zA-Z][\w+.-]*://[^\s\"'<>|]+")
_SECRET_PARAMETER = re.compile(r"(?i)([?&;])([\w.-]*(?:token|key|secret|passw|auth|sig|credential)[\w.-]*)=[^&;#\s]*")
_SECRET_WORD = re.compile(r"\b(hf_|gh[pousr]_|github_pat_|glpat-|xox[abp]-|AKIA|pypi-A|nvapi-|sk-)[A-Za-z0-9_\-]{12,}")
_SECRET_VALUE = re.compile(
    r"(?i)((?:\b|_)(?:token|password|passwd|secret|api_?key|access_?key)\s*[=:]\s*|\b(?:bearer|basic)\s+)"
    r"(?![\"']?(?:none|null|true|false)\b)[\"']?[^\s\"',;]{6,}"
)
_DEVICE_ID = re.compile(
    r"\b(GPU|MIG|MIG-GPU|SWITCH)-[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
)
_SERIAL = re.compile(r"(?i)(\bserial(?: number)?\s*[:=]\s*)[\w-]{6,}")
_NAME = r"[^\\/\s\"':;,)<>|]+"
_HOMES = re.compile(
    rf"(?i)(?<![\w.~-])((?:/mnt/[a-z])?/(?:home|users)/|[a-z]:[\\/]{{1,2}}users[\\/]{{1,2}})"
    rf"({_NAME}(?: {_NAME}){{1,2}}(?=\\)|{_NAME})"
)


def redact(text: str) -> str:
    """A free text (an error, a configuration value) without home folders, names, credentials and device ids."""
    text = _redact_identity(_URL.sub(lambda url: without_credentials(url[0]), text))
    text = _HOMES.sub(_redact_other_home, text)
    text = _SECRET_WORD.sub(r"\1…", text)
    text = _SECRET_VALUE.sub(r"\1…", text)
    text = _DEVICE_ID.sub(r"\1-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", text)
    return _SERIAL.sub(r"\1…", text)


def redact_path(path: str | Path) -> str:
    """A path of this machine with our home as `~` and our user name as `$USER`; other folders stay as they are."""
    return _redact_identity(str(path))


def expand(text: str) -> str:
    """A redacted path turned back, on the machine it came from."""
    home, user, _ = _identity()
    text = re.sub(r"^~(?=$|[/\\])", lambda _: home or "~", text)
    return text.replace(USER, user) if user else text


def without_credentials(url: str) -> str:
    """A URL (or `user:password@host:port` of a proxy) without user, password, and tokens in query or path."""
    scheme, mark, rest = url.partition("://") if "://" in url else ("", "", url)
    authority = re.match(r"[^/?#]*@", rest) or re.match(r"[^/@\s:]+:(?!\d+(?:[/?#]|$))[^@\s]*@", rest)
    if authority and not (not mark and "/" in authority[0]):
        rest = rest[len(authority[0]) :]
    rest = re.sub(r"(?<=://)[^/?#\s]*@", "", rest)  # of an address within the address
    rest = re.sub(r"(?<=/)t/[^/\s]{8,}(?=/|$)", "t/…", rest)  # conda's token folder
    return scheme + mark + _SECRET_PARAMETER.sub(r"\1\2=…", rest)


def _redact_identity(text: str) -> str:
    text = text.encode("utf-8", "replace").decode()  # names of files need not be text; what is written as JSON must be
    for pattern, replacement in _patterns(*_identity()):
        text = pattern.sub(replacement, text)
    return text


def _redact_other_home(match: re.Match[str]) -> str:
    name = match[2]
    return match[0] if name == USER or name.lower() in _COMMON or name == "linuxbrew" else match[1] + "user"


def _identity() -> tuple[str, str, str]:
    """Home folder, user and host name; "" for what cannot be told."""
    home = os.environ.get("HOME") or os.environ.get("USERPROFILE") or ""
    user = os.environ.get("USER") or os.environ.get("LOGNAME") or os.environ.get("USERNAME") or ""
    return home, user or Path(home).name, _host()


@lru_cache(maxsize=1)
def _host() -> str:
    try:
        return socket.gethostname().split(".")[0]
    except (OSError, UnicodeError):
        return ""


@lru_cache(maxsize=8)
def _patterns(home: str, user: str, host: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    found = [(_folder_pattern(folder), "~") for folder in _home_folders(home)]
    if user and user.lower() not in _COMMON:
        found.append((_user_pattern(user), USER))
    if len(host) >= 4 and host.lower() not in _COMMON:
        found.append((re.compile(rf"(?i)(?<![\w-]){re.escape(host)}(?:\.local|\.lan)?(?![\w-])"), HOST))
    return tuple(found)


def _home_folders(home: str) -> list[str]:
    """The home folder, and where its link leads; never a root of a file system, which is the start of every path."""
    folders = {home.rstrip("/\\"), os.path.realpath(home).rstrip("/\\") if home else ""}
    return sorted((f for f in folders if len(re.split(r"[/\\]", f)) > 1 and len(f) > 3), key=len, reverse=True)


def _folder_pattern(folder: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in re.split(r"[/\\]+", folder)]
    windows = re.match(r"[a-zA-Z]:", folder)
    body = (r"[/\\]{1,2}" if windows else "/").join(parts)
    return re.compile(("(?i)" if windows else "") + rf"(?<![\w.~-]){body}(?![\w.~-])")


def _user_pattern(user: str) -> re.Pattern[str]:
    """A long name wherever it stands alone; a short one, which may be a word, only in a path or before an `@`."""
    name = re.escape(user)
    if len(user) >= 5:
        return re.compile(rf"(?<![^\W_]){name}(?![^\W_])")
    return re.compile(rf"(?<=[/\\]){name}(?=[/\\\"'\s:;,)]|$)|(?<![\w.-]){name}(?=@)|(?<=_){name}(?=[/\\\"'\s:;,)]|$)")

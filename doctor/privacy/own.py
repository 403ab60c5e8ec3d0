"""Our own home, user and host name. Their stand-ins are what a shell expands, and `expand` turns them back here."""

from __future__ import annotations

import os
import re
import socket
import sys
from functools import lru_cache
from pathlib import Path

from doctor.privacy.data_files import public_names

HOST = "<host>"
USER = "$USER"

_DRIVE = re.compile(r"([a-zA-Z]):(?=[\\/])")


def redact_path(path: str | Path) -> str:
    """A path of this machine with our home as `~` and our user name as `$USER`; other folders stay as they are."""
    text = as_text(str(path))
    return without_own(text, text.lower())


def expand(text: str) -> str:
    """What was redacted turned back, on the machine it came from."""
    home, user, host = _identity()
    text = re.sub(r"^~(?=$|[/\\])", lambda _: home or "~", text)
    text = text.replace(USER, user) if user else text
    return text.replace(HOST, host) if host else text


def as_text(text: str) -> str:
    """Names of files need not be text; what is written as JSON must be."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def without_own(text: str, low: str) -> str:
    """`low` is the text in lower case."""
    for word, pattern, replacement in _patterns(*_identity()):
        if word in low:
            text = pattern.sub(replacement, text)
    return text


def is_own(name: str) -> bool:
    user = _identity()[1]
    return bool(user) and user.lower() not in public_names("accounts") and name.casefold() == user.casefold()


def _identity() -> tuple[str, str, str]:
    """Home folder, user and host name; "" for what cannot be told. On Windows another variable says what `~` is."""
    env = os.environ.get
    home = (env("USERPROFILE") or env("HOME") if sys.platform == "win32" else env("HOME") or env("USERPROFILE")) or ""
    user = env("USER") or env("LOGNAME") or env("USERNAME") or ""
    return home, user or _name_in(home), _host()


@lru_cache(maxsize=8)
def _name_in(home: str) -> str:
    return re.split(r"[/\\]", home.rstrip("/\\"))[-1]


@lru_cache(maxsize=1)
def _host() -> str:
    try:
        return socket.gethostname().split(".")[0]
    except (OSError, UnicodeError):
        return ""


@lru_cache(maxsize=8)
def _patterns(home: str, user: str, host: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """A word that a text must hold for the pattern to be worth a look, the pattern, and what replaces it."""
    found = [(_last_part(folder), _folder_pattern(folder), "~") for folder in _home_folders(home)]
    if user and user.lower() not in public_names("accounts"):
        found.append((user.lower(), _user_pattern(user), USER))
    if len(host) >= 4 and host.lower() not in public_names("accounts"):
        found.append((host.lower(), _host_pattern(host), HOST))
    return tuple(found)


def _home_folders(home: str) -> list[str]:
    """The home folder, and where its link leads; never a root of a file system, which is the start of every path."""
    folders = {home.rstrip("/\\"), os.path.realpath(home).rstrip("/\\") if home else ""}
    return sorted((f for f in folders if len(re.split(r"[/\\]", f)) > 1 and len(f) > 3), key=len, reverse=True)


def _last_part(folder: str) -> str:
    """Of a folder; a part of it where the name may be cut as in DOS."""
    name = re.split(r"[/\\]", folder)[-1].lower()
    return re.split(r"\W", name)[0][:6] if _DRIVE.match(folder) or re.match(r"/[a-z]/users/", folder, re.I) else name


def _folder_pattern(folder: str) -> re.Pattern[str]:
    if on_drive := re.match(
        r"(?:/(?:mnt/|cygdrive/)?(?=[a-zA-Z]/users[/\\])|(?=[a-zA-Z]:))([a-zA-Z]):?(.+)", folder, re.I
    ):
        return _windows_pattern(on_drive[1], re.split(r"[/\\]+", on_drive[2])[1:])
    return re.compile(rf"(?<![\w.~-]){re.escape(folder)}(?![\w.~-])")


def _windows_pattern(drive: str, parts: list[str]) -> re.Pattern[str]:
    """In every spelling: slashes either way, doubled in strings, of WSL, MSYS and Cygwin, and the short name of DOS."""
    *above, name = parts
    short = re.escape(re.sub(r"[^\w-]", "", name)[:6])
    body = r"[/\\]{1,2}".join([*map(re.escape, above), rf"(?:{re.escape(name)}|{short}~\d)"])
    start = rf"(?:[\\/]{{2,4}}[?.][\\/]{{1,2}})?(?:{drive}:|/{drive}|/mnt/{drive}|/cygdrive/{drive})"
    return re.compile(rf"(?i)(?<![\w.~-]){start}[/\\]{{1,2}}{body}(?![\w.~-])")


def _user_pattern(user: str) -> re.Pattern[str]:
    """A long name wherever it stands alone; one that may be a word only in a path or before an `@`."""
    name = re.escape(user)
    if len(user) >= 5 and not _is_word(user):
        return re.compile(rf"(?i:(?<![^\W_]){name}(?![^\W_]))")
    return re.compile(rf"(?<=[/\\]){name}(?=[/\\\"'\s:;,)]|$)|(?<![\w.-]){name}(?=@)|(?<=_){name}(?=[/\\\"'\s:;,)]|$)")


def _is_word(name: str) -> bool:
    return name.lower() in public_names("words") or name.lower() in sys.stdlib_module_names


def _host_pattern(host: str) -> re.Pattern[str]:
    """With the domain behind it where the name can be no file's; a word only where a host is named."""
    name = re.escape(host)
    if _is_word(host):
        return re.compile(rf"(?i)(?<=@){name}(?![\w-])|(?<=://){name}(?![\w-])")
    domain = (
        r"(?:\.[a-z][a-z0-9-]{1,62}){0,5}" if re.search(r"[\d-]", host) else r"(?:\.local|\.lan|\.home|\.internal)?"
    )
    return re.compile(rf"(?i)(?<![\w-]){name}{domain}(?![\w-])")

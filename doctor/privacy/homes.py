"""Other people's folders: homes in the layouts of systems, clusters and shells, and their folders on big disks."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from doctor.privacy.data_files import public_names
from doctor.privacy.lazily import lazily
from doctor.privacy.own import USER, is_own
from doctor.privacy.stand_ins import PERSON, StandIns

_NAME = r"[^\\/\s\"'`:;,()<>|*?{}\[\]=&#]+"
_SPACED = rf"{_NAME}(?: (?!and |or ){_NAME}){{1,3}}(?=[\\/\"]|'(?!\w))"
# a path begins here, at an option of a compiler, too; the path of a URL does not
_START = r"/(?:(?<=file:///)|(?<=-[ILBF]/)|(?<![\w.~/\\-]/))"
_NO_HOME_BELOW = r"(?!(?:usr(?!/home)|etc|opt|proc|sys|dev|lib|lib64|bin|site-packages)/)"

_WINDOWS_HOME = lazily(
    r"(?i)((?:(?<![a-z0-9])|(?<=-[IL]))[a-z]:[\\/]{1,4}(?:users"
    r"|documents and settings|benutzer|utilisateurs|usuarios|用户)[\\/]{1,4}"
    r"|(?<![\w.~/\\-])/(?:(?:mnt|cygdrive)/)?[a-z]/users/"
    rf"|(?<=[\\/])(?:users|homes?)\\{{1,4}}/?)({_SPACED}|{_NAME})"
    r"|(?<![^\s\"'(=])([^\\/\s\"'`:;,()<>|$%~]{1,40})(?=[\\/]{1,2}AppData[\\/])"  # a name cut at a space
)
# by what homes and project folders are sorted: shelves, first letters, institutes, accounts (PACE, bwHPC, OSC)
_SORTED = (
    r"(?:hcoda\d/\d/|(?P<first>[a-z])/[a-z]/(?=(?P=first)|user\d)|(?P<land>[a-z]{2})/(?P=land)_[a-z]{2,12}/"
    r"|P[A-Z]{2}\d{4}/)"
)
_HOME = lazily(
    rf"({_START}{_NO_HOME_BELOW}(?:[\w.@+-]{{1,64}}+/){{0,5}}?"
    rf"(?:home\d{{0,3}}|homes|users?|[\w-]{{1,40}}_home\d{{0,3}})/{_SORTED}?)(?P<name>{_NAME})(?P<below>/{_NAME})?",
    re.IGNORECASE,
)
_DISKS = (
    *(
        "data",
        "scratch",
        "pscratch",
        "work",
        "storage",
        "lustre",
        "gpfs",
        "beegfs",
        "nas",
        "raid",
        "ssd",
        "nvme",
        "disk",
    ),
    *(
        "hdd",
        "project",
        "projects",
        "export",
        "share",
        "u",
        "qumulo",
        "weka",
        "vast",
        "isilon",
        "netapp",
        "panfs",
        "cephfs",
    ),
    *("efs", "fsx", "glusterfs", "pfs", "juicefs", "cpfs", "nfs"),
)
_DISK = lazily(  # at NERSC and others sorted by the first letter
    rf"({_START}(?:(?:mnt|media|cluster|network|vol|shared?|nfs|public)/|[\w.-]{{1,32}}/(?=(?:scratch|u)\d?/))?(?:{'|'.join(_DISKS)})\d{{0,3}}/(?:sd/|\d{{4,9}}/|(?:def|rrg|rpp|ctb)-[\w-]{{1,30}}/)?"
    rf"(?:(?P<letter>[a-z])/(?=(?P=letter)))?)({_NAME})(?=/(?!home\d{{0,3}}/)|[\s\"'`:;,)]|$)"
    rf"|({_START}(?:(?:run/)?media/|ocean/projects/[a-z]{{3}}\d{{3,6}}p/|var/(?:spool/)?(?:mail|cron/crontabs|cron)/))({_NAME})",
    re.IGNORECASE,
)
_TILDE = lazily(r"(~(?<![\w./\\~$%}\])-]~))([a-zA-Z_][\w.-]{1,31})(?=/)")
_TEMPORARY = lazily(
    r"([/\\](?:torchinductor_|pytest-of-|hsperfdata_|torch_extensions_|ray_|matplotlib-|tmux-|vscode-))"
    r"([A-Za-z][\w.-]{1,31})(?=[/\\\s\"':;,)]|$)"
)
_LOGIN = lazily(r"[a-z_][a-z0-9_.-]{1,31}", re.IGNORECASE)
_FILE = lazily(
    r"\.(?:py|pt|pth|json|txt|csv|zip|tar|gz|sh|log|yaml|yml|bin|safetensors|so|whl|md|ipynb|onnx|h5|npy|npz|img|cfg|toml|obj"
    r"|exe|lib|cpp|cu)$",
    re.IGNORECASE,
)
_STAND_IN = lazily(r"user\d{1,6}(?: user\d{1,6})*|\d+|[%$<{\[*.…].*|.*~orch.*")
_SHELVES = (
    "users",
    "students",
    "student",
    "staff",
    "stud",
    "studenten",
    "mitarbeiter",
    "people",
    "members",
    "faculty",
    "postdocs",
    "phd",
    "guests",
    "homes",
)
_SHARED_DISKS = ("gpfs", "lustre", "beegfs", "ceph", "nfs", "p")

Learn = Callable[[str, str], None]
Named = Callable[[str], str]


def without_homes(text: str, low: str, names: StandIns, learn: Learn) -> str:
    """The text with a stand-in for every name of a person's folder; `learn` is told each with its stand-in."""

    def named(name: str) -> str:
        if is_own(name):
            return USER
        name, ending = (name[: found.start()], found[0]) if (found := _FILE.search(name)) else (name, "")
        stand_in = " ".join([names.of(PERSON, name)] * len(name.split(" ")))  # a space in a path is a cause of faults
        learn(name, stand_in)
        return stand_in + ending

    if "/" not in low and "\\" not in low:
        return text
    for hints, pattern, replaced in _FORMS:
        if any(map(low.__contains__, hints)):
            text = pattern.sub(partial(_with, replaced, named), text)
    return text


def _with(replaced: Callable[[re.Match[str], Named], str], named: Named, found: re.Match[str]) -> str:
    return replaced(found, named)


def _windows_home(found: re.Match[str], named: Named) -> str:
    above, name = found[1] or "", found[2] or found[3]
    return above + (name if _is_public(name) else named(name))


def _home(found: re.Match[str], named: Named) -> str:
    above, name, below = found[1], found["name"], found["below"] or ""
    if name.lower() in _SHELVES and below and _is_login(below[1:]):
        return f"{above}{name}/{named(below[1:])}"
    if len(name) == 1 and below[1:].lower().startswith(name.lower()) and _is_login(below[1:]):
        return f"{above}{name}/{named(below[1:])}"  # sorted by their first letter
    if name.isdigit() and below and _is_login(below[1:]):
        return f"{above}{name}/{named(below[1:])}"  # by year
    if _is_public(name) or ((len(name) == 1 or name.lower() in _SHELVES) and _STAND_IN.fullmatch(below[1:])):
        return found[0]
    if below and above.split("/")[1].rstrip("0123456789").lower() in _SHARED_DISKS and _is_login(below[1:]):
        below = "/" + named(below[1:])  # the folder of a group, and in it the person's
    return above + named(name) + below


def _disk(found: re.Match[str], named: Named) -> str:
    above, name = found[1] or found[4], found[3] or found[5]
    return above + (named(name) if _is_login(name) else name)


def _folder(found: re.Match[str], named: Named) -> str:
    return found[1] + (found[2] if _is_public(found[2]) else named(found[2]))


def _is_public(name: str) -> bool:
    """One that many machines have, a placeholder, or a stand-in."""
    return (
        bool(_STAND_IN.fullmatch(_FILE.sub("", name)))
        or name.lower() in public_names("accounts")
        or name.lower() in ("all users",)
    )


def _is_login(name: str) -> bool:
    """Whether a folder's name may be a person's: no part of it is one that folders have."""
    parts = re.split(r"[._-]", name.lower())
    folders = public_names("folders")
    common = any(part.rstrip("0123456789") in folders or part in folders for part in parts if part)
    return not common and bool(_LOGIN.fullmatch(name)) and not _FILE.search(name) and not _is_public(name)


# words of which a text must hold one for the expression to be tried, the expression, and what makes of a match
_FORMS: tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str], Named], str]], ...] = (
    (("users", "home\\", "homes\\", "appdata", ":\\", ":/"), _WINDOWS_HOME, _windows_home),
    (("home", "/user"), _HOME, _home),
    (("/",), _DISK, _disk),
    (("~",), _TILDE, _folder),
    (
        ("inductor_", "pytest-of", "hsperfdata", "extensions_", "ray_", "matplotlib-", "tmux-", "vscode-"),
        _TEMPORARY,
        _folder,
    ),
)

"""Hosts, addresses of the network and of its cards. Loopback, documentation and what is a version stay."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from functools import lru_cache, partial

from doctor.privacy.data_files import public_names
from doctor.privacy.stand_ins import ADDRESS, HARDWARE_ADDRESS, HOST, StandIns

_QUAD = re.compile(r"\d(?<![\w.]\d)(?<!\d[-_]\d)\d{0,2}(?:\.\d{1,3}){3}(?!\w|\.\d|[+-]\w)")
_KNOWN = tuple(
    map(
        ipaddress.ip_network,
        ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3")
        + ("8.8.8.8/32", "8.8.4.4/32", "1.1.1.1/32", "1.0.0.1/32", "9.9.9.9/32", "114.114.114.114/32", "223.5.5.5/32"),
    )
)
# what is a version stands behind a name, a comparison or the word; what is an address behind these or before a port
_VERSION_BEFORE = re.compile(r"(?i)(?:[=<>~!]=\s{0,4}$|[=<>~!^]$|\bv|version\S{0,12}|driver\S{0,12}|release|build|[\w.-]+[_-])[\s\"':=(]{0,20}$")
_ADDRESS_BEFORE = re.compile(
    r"(?i)(?:(?<![a-z])(?:addr(?:ess)?|host(?:name)?|ip|inet|server|master|proxy|peer|listen\w*|bind|node|gateway|router|dns|nameserver|from|endpoint|"
    r"broadcast|brd|address(?:es)? of|connect(?:ed|ing|ion)?|client|remote|target|ping|ssh|via|at|to|on|src|dst|route|interface)\w{0,8}[\"']?[\s:=(\[\"'/]{1,12}|@|://|\[|\b(?:eth|ib|en|wl|bond|docker)\w{0,12}:)$"
)
_ADDRESS_AFTER = re.compile(r"(?::\d{2,5}(?!\d)|/\d{1,2}(?!\d)|<\d|\]|[\"']?,\s*(?:port\b|\d{2,5}\)))")
_DOCUMENTATION = ipaddress.IPv6Network("2001:db8::/32")
_NEVER_BEFORE = re.compile(r"(?i)[=~]=\s*$|\bver(?:sion)?\S{0,3}\s*$")
_HIGHEST_VERSION = 32  # as the first of four numbers: drivers for Windows, CUDA's libraries, OpenCV

_SIX = re.compile(r"[\da-fA-F:]{5,}+(?:\.\d{1,3}){0,3}")
_MAC = re.compile(r"[\da-fA-F]{2}([:-])(?<![\w:-]...)(?:[\da-fA-F]{2}\1){4,18}[\da-fA-F]{2}(?![\w:-])")

_NAME = r"(?=[\d.]{0,80}[A-Za-z-])[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){0,6}"
_KEYED = re.compile(
    r"(?im)((?:\b(?:static |transient )?host[ _-]?name|\bnode[ _]?name|\bcomputer[ _]?name|\bSLURM\w{0,12}NODE(?:NAME|LIST)|\bnode[ _]?list(?=:?=)|\brdzv_endpoint|(?-i:^\s*host[ \t]{0,12}(?=:))|"
    r"\bMASTER_ADDR|\bHEAD_NODE\w{0,8}|\bname of the host|\blogon server|\bdnsdomainname|\bnode(?==')|\"(?:host|node)(?=\"))\\*[\"']?[ \t]{0,40}:?[:=][ \t]{0,40}[\\\"'\[]{0,4}|--(?:nodelist|rdzv[_-]endpoint|master[_-]addr)[ =]|\bthe node ')"
    rf"({_NAME}(?:\[[\d,-]{{1,40}}\])?)(?![\w(]|://|[ \t]+\w)"
)
_UNAME = re.compile(
    rf"\b((?:Linux|Darwin|FreeBSD|(?:CYGWIN|MINGW|MSYS)[\w.-]{{0,20}})[ \t]+)({_NAME})(?=[ \t]+\d{{1,2}}\.\d{{1,3}}[\w.+()~-]{{0,60}}[ \t]+(?:#\d|Darwin|x86_64|aarch64|\d{{4}}-\d\d|Microsoft))"
)
_NCCL = re.compile(rf"(?<![\w.:<>/-])({_NAME})(?=:\d{{1,8}}:\d{{1,8}} (?:\[\w{{1,8}}\] )?(?:\S{{1,80}}:\d{{1,6}} )?(?:NCCL|RCCL|HCCL)\b)")
_MPI = re.compile(rf"(?m)((?:^|\s)\[)(?![\da-f]{{4}}:)({_NAME})(?=:\d{{2,8}}\])")
_SOCKET = re.compile(rf"((?:client socket has failed to connect to|server socket on|addresse?s? of|connect(?:ion)? to|Connecting to) [\[(])({_NAME})(?=[\]),])")
_INTERNAL = re.compile(
    r"(?<![\w./@<>-])((?=[\w-]{0,62}[\d-])[A-Za-z0-9][\w-]{0,62}(?:\.[A-Za-z0-9][A-Za-z0-9-]{0,62}){0,5}"
    r"\.(?:local|internal|lan|corp|intra|intranet|localdomain|cluster|hpc|private|home\.arpa)"
    r"|ip-\d{1,3}(?:-\d{1,3}){3}(?:\.[\w.-]{1,80})?|ec2-\d{1,3}(?:-\d{1,3}){3}\.[\w.-]{1,80})(?![\w-]|\.\w)"
)
_DOTTED = re.compile(r"(?<![./@<>])[A-Za-z][\w-]*+(?:\.[\w-]++){2,6}+(?![\w.])")
_NODE = re.compile(r"(?i)(?:gpu|node|cn|login|compute|nid|dgx|hpc|worker|slave|master|head|nvr|[avhl]\d{2,3}|r\d{1,3}[a-z])[\w-]*\d[\w-]*")
_SYSLOG = re.compile(rf"(?m)^((?:[A-Z][a-z]{{2}} [ \d]\d \d\d:\d\d:\d\d|\d{{4}}-\d\d-\d\dT[\d:.,+-]{{8,24}}Z?) )({_NAME})(?= [\w./-]{{1,60}}(?:\[\d{{1,8}}\])?: )")
_QUEUE = re.compile(r"(?m)^([ \t]*\d{1,10}(?:[_.]\S{1,20})?[ \t]+\S{1,40}[ \t]+\S{1,60}[ \t]+\S{1,32}[ \t]+[A-Z]{1,2}[ \t]+[\d:-]{3,14}[ \t]+[^\n(]{1,80}[ \t])([A-Za-z][\w.,-]{1,200}(?:\[[\d,-]{1,80}\])?)(?=[ \t]*$)")
_UNC = re.compile(r"(?<![\\\w:.>])(\\\\(?!\\)|\\{4}(?!\\))([A-Za-z][\w.-]{1,62})(?=(?:(?<!\\)\\(?!\\)|\\\\(?!\\))[A-Za-z$][\w$ .-]{1,80})")
_NOT_HOSTS = re.compile(r"(?i)wsl(?:\$|\.localhost)?|(?:host|user)[-\d]*|[\da-f]{12}|tcp|shm|ipc|kernel|version|file|socket|true|false|none|unknown")
_KNOWN_NAMES = re.compile(r"(?i)(?:host|gateway|kubernetes)\.docker\.internal|metadata\.google\.internal|localhost(?:\.localdomain)?")
_FILES = re.compile(r"(?i).*\.(?:py|pyx|cpp|cc|cxx|cu|cuh|c|h|hpp|go|rs|java|js|ts|so|log|txt|json|ya?ml|toml|sh|md|out|err|\d+)")
_LIKE_DEVICES = re.compile(r"(?i)(?:gpu|cuda|rank|xpu|npu|device|cpu|mps|node|worker)[-_]?\d{0,3}")  # not to be replaced everywhere
_MOST = 64

Learn = Callable[[str, str], None]


def without_hosts(text: str, low: str, names: StandIns, learn: Learn) -> str:
    """Where a text says that a word is a host: under its key, in the kernel's line, before the messages of a rank."""

    def named(name: str) -> str:
        if is_public_host(name):
            return name
        stand_in = names.of(HOST, name)
        if not _LIKE_DEVICES.fullmatch(name):
            learn(name, stand_in)
        return stand_in

    def replaced(found: re.Match[str]) -> str:
        *before, name = (group for group in found.groups() if group is not None)
        return "".join(before) + named(name)

    for hints, pattern in _FORMS:
        if any(map(low.__contains__, hints)):
            text = pattern.sub(replaced, text)
    if text.count(".") >= 2 and any(map(low.__contains__, _NODES)):
        text = _DOTTED.sub(partial(_node, named=named), text)
    return text


def _node(found: re.Match[str], named: Callable[[str], str]) -> str:
    """A whole name of a node in its cluster's domain; not that of a file or of an attribute in a program."""
    return named(found[0]) if _NODE.fullmatch(found[0].split(".")[0]) and re.search(r"\.[a-z]{2,}$", found[0]) else found[0]


def is_public_host(name: str) -> bool:
    first = name.split(".")[0].lower()
    if name[0] == "<" or _NOT_HOSTS.fullmatch(first) or _KNOWN_NAMES.fullmatch(name) or _FILES.fullmatch(name) or len(first) < 2:
        return True
    return first in public_names("accounts") and "." not in name


def without_addresses(text: str, names: StandIns) -> str:
    if text.count(".") >= 3:
        text = _QUAD.sub(lambda found: names.of(ADDRESS, found[0]) if _is_address(found) else found[0], text)
    if text.count(":") < 2 and text.count("-") < 5:
        return text
    text = _MAC.sub(lambda found: names.of(HARDWARE_ADDRESS, found[0]) if re.search(r"[^0:f-]", found[0].lower()) else found[0], text)
    return _SIX.sub(lambda found: _long_address(found, names), text)


def _is_address(found: re.Match[str]) -> bool:
    parts = found[0].split(".")
    if any((len(part) > 1 and part[0] == "0") or int(part) > 255 for part in parts):
        return False
    text, start, end = found.string, found.start(), found.end()
    before = text[max(0, start - _MOST) : start]
    if (not before or before[-1] == "\n") and text[end : end + 1] in ("\t", ":", " "):
        told = ipaddress.IPv4Address(found[0]).is_private  # a line of /etc/hosts, or of one that asked many machines
    elif _ADDRESS_AFTER.match(text, end) or _ADDRESS_BEFORE.search(before):
        told = not _NEVER_BEFORE.search(before[-16:])
    else:
        told = int(parts[0]) > _HIGHEST_VERSION and not _VERSION_BEFORE.search(before)
    return told and not _is_known(found[0])


@lru_cache(maxsize=1024)
def _is_known(text: str) -> bool:
    address = ipaddress.IPv4Address(text)
    return any(address in network for network in _KNOWN)


def _long_address(found: re.Match[str], names: StandIns) -> str:
    """What stands before the first colon may be the end of an interface's name."""
    told, before = found[0], found.string[max(0, found.start() - 1) : found.start()]
    name, mark, rest = told.partition(":") if before.isalnum() else ("", "", told)
    if found.string[found.end() : found.end() + 1].isalnum() or not _is_long_address(rest):
        return told
    return name + mark + names.of(ADDRESS, rest)


def _is_long_address(told: str) -> bool:
    if told.count(":") < 2 or not re.search(r"\d", told):
        return False
    try:
        address = ipaddress.IPv6Address(told)
    except ValueError:
        return False
    whole = len(told.strip(":").split(":")) >= 3 or re.match(r"(?i)fe80|f[cd][\da-f]{2}|2[\da-f]{3}|::ffff", told)
    return bool(whole) and not address.is_loopback and address not in _DOCUMENTATION


_NODES = ("gpu", "node", "cn", "login", "compute", "nid", "dgx", "hpc", "worker", "slave", "master", "head", "nvr")
# words of which a text must hold one for the expression to be tried
_FORMS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (("host", "node", "computer", "rdzv", "master_addr", "logon", "domain"), _KEYED),
    (("[", ": "), _SYSLOG),
    ((" r ", " cg "), _QUEUE),
    (("linux ", "darwin ", "bsd ", "cygwin", "mingw", "msys"), _UNAME),
    (("ccl ",), _NCCL),
    (("[",), _MPI),
    (("socket", "address", "connect"), _SOCKET),
    ((".local", ".internal", ".lan", ".corp", ".intra", ".cluster", ".hpc", ".private", ".home", "ip-", "ec2-"), _INTERNAL),
    (("\\\\",), _UNC),
)

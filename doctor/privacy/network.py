"""Addresses of the network and of its cards. Loopback, documentation and what is a version stay."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache

from doctor.privacy.lazily import lazily
from doctor.privacy.stand_ins import ADDRESS, HARDWARE_ADDRESS, StandIns

_QUAD = lazily(r"\d(?<![\w.]\d)(?<!\d[-_]\d)\d{0,2}(?:\.\d{1,3}){3}(?!\w|\.\d|[+-]\w)")
# loopback and the like, documentation, multicast and masks; resolvers that everybody asks
_SPECIAL = "0.0.0.0/8 127.0.0.0/8 169.254.0.0/16 192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3"
_RESOLVERS = "8.8.8.8 8.8.4.4 1.1.1.1 1.0.0.1 9.9.9.9 114.114.114.114 223.5.5.5"
_KNOWN = tuple(map(ipaddress.ip_network, (_SPECIAL + " " + _RESOLVERS).split()))
_DOCUMENTATION = ipaddress.IPv6Network("2001:db8::/32")
# what is a version stands behind a name, a comparison or the word; what is an address behind these or before a port
_VERSION_BEFORE = lazily(
    r"(?i)(?:[=<>~!]=\s{0,4}$|[=<>~!^]$|\bv|version\S{0,12}|driver\S{0,12}"
    r"|release|build|[\w.-]+[_-])[\s\"':=(]{0,20}$"
)
_NEVER_BEFORE = lazily(r"(?i)[=~]=\s*$|\bver(?:sion)?\S{0,3}\s*$")
_ADDRESS_BEFORE = lazily(
    r"(?i)(?:(?<![a-z])(?:addr(?:ess)?|host(?:name)?|ip|inet|server|master|proxy|peer|listen\w*|bind|node|gateway"
    r"|router"
    r"|dns|nameserver|from|endpoint|broadcast|brd"
    r"|address(?:es)? of|connect(?:ed|ing|ion)?|client|remote|target|ping|ssh|via|at"
    r"|to|on|src|dst|route|interface|bcast|[a-z]{1,16}address|(?:pod|host|internal|external|cluster|node|public|private"
    r"|local|server|client)_?ip)\w{0,8}[\"']?[\s:\uff1a=(\[\"'/]{1,40}|@[\"']?|://|\[|<host-\d{1,6}>(?:[\"']?[ ,]\(?|/)"
    r"|\bno_proxy=\S{0,50},|\bPING \S{1,50} \(|\bx-(?:forwarded-for|real-ip): ?|\bSSH_CONNECTION=\S{3,40} \d{1,5} "
    r"|\d[smhdy] {2,12}|\bv1\.\d{1,2}\.\d{1,2}\S{0,16} {2,12}|\b(?:ClusterIP|NodePort|LoadBalancer) {1,12}"
    r"|\bpts/\d{1,4}[ \t]{1,20}|\d\d:\d\d \(|\b(?:eth|ib|en|wl|bond|docker)\w{0,12}:)$"
)
_ADDRESS_AFTER = lazily(r"(?::(?:0|\d{2,5})(?!\d)|/\d{1,2}(?!\d)|<\d|\]| instead \(|[\"']?,\s*(?:port\b|\d{2,5}\)))")
_HIGHEST_VERSION = 32  # as the first of four numbers: drivers for Windows, CUDA's libraries, OpenCV
_LONG = lazily(r"[\da-fA-F:]{5,}+(?:\.\d{1,3}){0,3}")
_HARDWARE = lazily(r"[\da-fA-F]{2}([:-])(?<![\w:-]...)(?:[\da-fA-F]{2}\1){4,18}[\da-fA-F]{2}(?![\w:-])")
_OF_SWITCHES = lazily(r"(?<![\w.])(?=[\d.]{0,13}[a-f])[\da-f]{4}(?:\.[\da-f]{4}){2}(?![\w.])")
_BEFORE = 64
_PORT = lazily(r":\d{5}$")  # no part of an address has five digits


def without_addresses(text: str, names: StandIns) -> str:
    if text.count(".") >= 3:
        text = _QUAD.sub(lambda found: names.of(ADDRESS, found[0]) if _is_address(found) else found[0], text)
    if text.count(".") >= 2:
        text = _OF_SWITCHES.sub(lambda found: names.of(HARDWARE_ADDRESS, found[0]), text)
    if text.count(":") < 2 and text.count("-") < 5:
        return text
    text = _HARDWARE.sub(lambda found: _of_card(found[0], names), text)
    return _LONG.sub(lambda found: _long_address(found, names), text)


def _of_card(told: str, names: StandIns) -> str:
    everybody = not re.search(r"[^0:f-]", told.lower())  # nobody's, and that of all
    return told if everybody else names.of(HARDWARE_ADDRESS, told)


def _is_address(found: re.Match[str]) -> bool:
    parts = found[0].split(".")
    if any((len(part) > 1 and part[0] == "0") or int(part) > 255 for part in parts):
        return False
    address = ".".join(str(int(part)) for part in parts)  # its digits may be another script's
    text, start, end = found.string, found.start(), found.end()
    before = text[max(0, start - _BEFORE) : start]
    if (not before or before[-1] == "\n") and text[end : end + 1] in ("\t", ":", " "):
        told = ipaddress.IPv4Address(address).is_private  # a line of /etc/hosts, or of one that asked many machines
    elif _ADDRESS_AFTER.match(text, end) or _ADDRESS_BEFORE.search(before):
        told = not _NEVER_BEFORE.search(before[-16:])
    else:
        told = int(parts[0]) > _HIGHEST_VERSION and not _VERSION_BEFORE.search(before)
    return told and not _is_known(address)


@lru_cache(maxsize=1024)
def _is_known(text: str) -> bool:
    address = ipaddress.IPv4Address(text)
    return any(address in network for network in _KNOWN)


def _long_address(found: re.Match[str], names: StandIns) -> str:
    """What stands before the first colon may be the end of an interface's name."""
    told, before = found[0], found.string[max(0, found.start() - 1) : found.start()]
    name, mark, rest = told.partition(":") if before.isalnum() else ("", "", told)
    port = _PORT.search(rest)
    address = rest[: port.start()] if port else rest
    if found.string[found.end() : found.end() + 1].isalnum() or not _is_long_address(address):
        return told
    return name + mark + names.of(ADDRESS, address) + rest[len(address) :]


def _is_long_address(told: str) -> bool:
    if told.count(":") < 2 or not re.search(r"\d", told):
        return False
    try:
        address = ipaddress.IPv6Address(told)
    except ValueError:
        return False
    telling = len(told.strip(":").split(":")) >= 3 or re.match(r"(?i)fe80|f[cd][\da-f]{2}|2[\da-f]{3}|::ffff", told)
    return bool(telling) and not address.is_loopback and address not in _DOCUMENTATION

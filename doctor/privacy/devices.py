"""Ids of devices and machines. A UUID keeps its form, and its beginning tells one from another."""

from __future__ import annotations

import re

from doctor.privacy.lazily import lazily
from doctor.privacy.stand_ins import DEVICE, ELLIPSIS, StandIns

_UUID = lazily(
    r"\b((?:MIG-)?(?:GPU|MIG|SWITCH|NVSwitch|DLA)-)([0-9a-fA-F]{8})"
    r"((?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})?(?![\w-])"
)
_REST = "-0000-0000-0000-000000000000"
_KEYED_UUID = lazily(
    r"(?i)\b((?:(?:gpu|device|system|product|disk|part|pt)[ _]?)?uuid[\"']?[ \t]{0,40}[:=][ \t]{0,4}[\"']?(?:0x)?"
    r"|\bmounted (?:filesystem )?)([0-9a-f]{8})([0-9a-f-]{2,28})(?![\w-])"
)
_SERIAL = lazily(
    r"(?i)(\b(?:(?:id_)?serial(?:[ _]?(?:number|no\.?|num|short|#))?|asset[ _]?tag|machine[ _-]?id|boot[ _-]?id"
    r"|host[ _-]?id|(?:node|system[ _]image|port)[ _]guid)"
    r"(?:[\"']?[ \t]{0,40}[:=][ \t]{0,40}[\"']?|[ \t]{1,4}(?=\d{8})))"
    r"(?!n/a|not |none|null|unknown|default|to be|true|false|0\b)(?=[\w:-]*\d)[\w:-]{6,}"
)
_NETWORK = lazily(r"(?i)(\b(?:[be]?ssid)[ \t]{0,40}[:=][ \t]{0,4}\"?)(?!any\b|off\b|0x)[^\n\"]{1,64}")  # of a radio


def without_devices(text: str, low: str, names: StandIns) -> str:
    if any(map(low.__contains__, ("gpu-", "mig-", "switch-", "dla-"))):
        text = _UUID.sub(lambda found: found[1] + _number(found[2], names) + (_REST if found[3] else ""), text)
    if "uuid" in low or "mounted " in low:
        text = _KEYED_UUID.sub(lambda found: found[1] + _number(found[2], names) + _zeros(found[3]), text)
    if any(map(low.__contains__, ("serial", "asset", "guid", "machine", "boot", "host"))):
        text = _SERIAL.sub(rf"\1{ELLIPSIS}", text)
    if "ssid" in low:
        text = _NETWORK.sub(rf"\1{ELLIPSIS}", text)
    return text


def _number(first: str, names: StandIns) -> str:
    return first if first.startswith("0000") else names.of(DEVICE, first)


def _zeros(rest: str) -> str:
    return re.sub(r"[0-9a-fA-F]", "0", rest)

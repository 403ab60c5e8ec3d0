"""Ids of devices and machines. A UUID keeps its form, and its beginning tells one from another."""

from __future__ import annotations

import re

from doctor.privacy.lazily import lazily
from doctor.privacy.stand_ins import DEVICE, ELLIPSIS, StandIns

_UUID = lazily(
    r"\b((?:MIG-)?(?:GPU|MIG|SWITCH|NVSwitch|DLA)-)([0-9a-fA-F]{8})"
    r"((?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{8})?(?![\w-])"
)
_KEYED_UUID = lazily(
    r"(?i)\b((?:[a-z_]{0,20} ?)?uuid[\"']?[ \t]{0,40}[:=][ \t]{0,40}[\"']?(?:0x)?"
    r"|\bmounted (?:filesystem )?)([0-9a-f]{8})([0-9a-f-]{2,28})(?![\w-])"
)
_SERIAL = lazily(
    r"(?i)((?:\b|(?<=[\u4e00-\u9fff]))(?:[a-z_]{0,20}seri?al(?:[ _]?(?:number|no\.?|num|short|#))?|asset[ _]?tag"
    r"|machine[ _-]?id|boot[ _-]?id"
    r"|host[ _-]?id|(?:node|system[ _]image|port)[ _]guid|gpu pdi|unique[ _]id|(?:provisioning )?udid|imei|meid"
    r"|(?:[a-z]{1,12}_)?(?:subscription|tenant|client)[ _]?id|[a-z]{0,12}seriennummer|序列号|numéro de série"
    r"|número de serie|シリアル番号|серийный номер)(?: \(system\))?"
    r"(?:[\"']?[ \t]{0,60}[:=\uff1a][ \t]{0,40}[\"'{]?|[ \t]{1,4}(?=\d{8}|0x[\da-f]{8})|[ \t]is[ \t]|是[ \t]?|>"
    r"|(?<=machine-id)[ \t]{0,4}\n(?=[\da-f]{32})"
    r"|(?<=serialnumber)[ \t]{0,40}\n{1,2}(?=\w+[ \t]*$)))"
    r"(?!n/a|not |none|null|unknown|default|to be|true|false|0\b)(?=[\w:-]*\d)[\w:-]{6,}"
)
_DISK = lazily(
    r"(?i)(\b(?:ata|nvme|scsi|usb)-[\w.-]{1,80}_)(?=[\w-]{0,30}\d)[A-Z0-9-]{6,30}(?![\w-])|(\bwwn-0x|\bwwn:[ ]"
    r"|\bnvme-eui\.)[\da-f]{16}"
    r"|(by-(?:part)?uuid/)[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}"
)
_CELL = lazily(r"(, )[01]\d{12}(?=, |[ \t]*\n)")  # of nvidia-smi's CSV
_ABROAD = ("serien", "序列号", "série", "serie", "シリアル", "серийный")
_ACCOUNT = lazily(r"\bS-1-5-21(?:-\d{3,10}){3}(?:-\d{3,8})?")  # of Windows
_NETWORK = lazily(r"(?i)(\b(?:[be]?ssid)[ \t]{0,40}[:=][ \t]{0,4}\"?)(?!any\b|off\b|0x)[^\n\"]{1,64}")  # of a radio


def without_devices(text: str, low: str, names: StandIns) -> str:
    if any(map(low.__contains__, ("gpu-", "mig-", "switch-", "dla-"))):
        text = _UUID.sub(lambda found: found[1] + _number(found[2], names) + _zeros(found[3] or ""), text)
    if "uuid" in low or "mounted " in low:
        text = _KEYED_UUID.sub(lambda found: found[1] + _number(found[2], names) + _zeros(found[3]), text)
    if any(
        map(
            low.__contains__,
            (
                "serial",
                "asset",
                "guid",
                "machine",
                "boot",
                "host",
                "pdi",
                "unique",
                "udid",
                "imei",
                "meid",
                "seral",
                "tenant",
                "client",
                "subscription",
                *_ABROAD,
            ),
        )
    ):
        text = _SERIAL.sub(rf"\1{ELLIPSIS}", text)
    if ", " in low:
        text = _CELL.sub(rf"\1{ELLIPSIS}", text)
    if any(map(low.__contains__, ("ata-", "nvme-", "scsi-", "usb-", "wwn", "by-"))):
        text = _DISK.sub(lambda found: "".join(filter(None, found.groups())) + ELLIPSIS, text)
    if "s-1-5-21-" in low:
        text = _ACCOUNT.sub(ELLIPSIS, text)
    if "ssid" in low:
        text = _NETWORK.sub(rf"\1{ELLIPSIS}", text)
    return text


def _number(first: str, names: StandIns) -> str:
    return first if first.startswith("0000") else names.of(DEVICE, first)


def _zeros(rest: str) -> str:
    return re.sub(r"[0-9a-fA-F]", "0", rest)

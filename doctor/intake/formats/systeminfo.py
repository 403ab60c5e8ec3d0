"""`systeminfo` and the report of `msinfo32`, as Windows prints them in English, Chinese and German."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from doctor.facts import Cpu, Memory
from doctor.intake.adapters import DisplayAdapter, facts_of, windows_driver
from doctor.intake.keyed import stretch
from doctor.intake.merge import Partial
from doctor.intake.platforms import host_of_os
from doctor.intake.values import bytes_of, known_sections
from doctor.intake.witness import Witness

TITLE = "`systeminfo` or `msinfo32`"
WITNESS = Witness.SYSTEM
OPENS = r"^(?:OS Name|OS 名称|Betriebssystemname)(?::\s|\t)"
LEFT_OUT = (
    r"[^\t:]{2,60}\t",  # msinfo32
    r"\[[^\]\d:]+\]$",
    r"\s{16,}\S",
    r"(?:Host ?[Nn]ame|主机名|System (?:Name|Information report written at)):\s",
    r"(?:OS (?:Manufacturer|Configuration|Build Type)|Registered \w+|Product ID|Original Install Date|System \w+( \w+)?"
    r"|Processor\(s\)|BIOS Version|Windows Directory|Boot Device|Input Locale|Time Zone|Available Physical Memory"
    r"|Virtual Memory|Page File Location\(s\)|Domain|Logon Server|Hotfix\(s\)|Network Card\(s\)"
    r"|Hyper-V Requirements|Virtualization-based security):\s",
    r"(?:OS (?:制造商|配置|构建类型)|注册的\S+|产品 ID|初始安装日期|系统\S+|处理器|BIOS 版本|Windows 目录|启动设备"
    r"|输入法区域设置|时区|可用的物理内存|虚拟内存|页面文件位置|域|登录服务器|修补程序|网卡|Hyper-V 要求"
    r"|基于虚拟化的安全性):\s?",
    r"(?:Betriebssystem\S+|Registrierte\S* \w+|Produkt-ID|Ursprüngliches Installationsdatum|System\S+|Prozessor\(en\)"
    r"|BIOS-Version|Windows-Verzeichnis|Startgerät|Eingabegebietsschema|Zeitzone|Verfügbarer \w+ Speicher"
    r"|Virtueller Arbeitsspeicher|Auslagerungsdateipfad\(e\)|Domäne|Anmeldeserver|Hotfix\(es\)|Netzwerkkarte\(n\)"
    r"|Hyper-V-Anforderungen|Virtualisierungsbasierte Sicherheit):\s",
)
_NAMES = {
    "system": "OS Name,OS 名称,操作系统名称,Betriebssystemname",
    "version": "OS Version,OS 版本,Betriebssystemversion,Version,版本",
    "type": "System Type,系统类型,Systemtyp",
    "memory": "Total Physical Memory,物理内存总量,Gesamter physischer Speicher,Gesamter realer Speicher,总的物理内存"
    ",Installed Physical Memory (RAM),已安装的物理内存(RAM)",
    "available": "Available Physical Memory,可用的物理内存,Verfügbarer physischer Speicher",
    "processor": "Processor,处理器,Prozessor",
    "secure boot": "Secure Boot State,安全启动状态,Sicherer Startzustand",
    "page file": "Page File Space,页面文件空间,Größe der Auslagerungsdatei",
}
_KEYS = {key: name for name, keys in _NAMES.items() for key in keys.split(",")}
_VALUE = re.compile(r"([^\t:]{2,50}?)\s*(?::\s+|\t)(\S.*?)(?<!\s)\s*$")
_MACHINES = {"x64": "x86_64", "arm64": "arm64", "x86": "i686"}
_ON = {"on": True, "启用": True, "ein": True, "off": False, "关闭": False, "aus": False}
_DISPLAY = re.compile(r"(?:Name|名称)\t(\S.*)$")
_DRIVER = re.compile(r"(?:Driver Version|驱动程序版本|Treiberversion)\t(\S+)$")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    opening = next((index for index, line in enumerate(lines) if re.match(OPENS, line)), None)
    if opening is None:
        return {}, set()
    known = "|".join(rf"{re.escape(key)}\s*:" for key in _KEYS)
    block = stretch(lines, opening, "|".join((known, *LEFT_OUT)), "|".join(LEFT_OUT[:4]))
    text = lines[block.start : block.stop]
    told: dict[str, str] = {}
    for line in text:
        if (found := _VALUE.match(line)) and (name := _KEYS.get(found[1])):
            told.setdefault(name, found[2])
    return {**_facts(told), **facts_of(_adapters(text))}, set(block)


def _facts(told: dict[str, str]) -> Partial:
    build = re.search(r"10\.0\.(\d{5})", told.get("version", ""))
    host = msgspec.structs.replace(
        host_of_os(told.get("system", "Windows")),
        windows_build=build[1] if build else None,
        architecture=_MACHINES.get(told.get("type", "").partition("-")[0].lower()),
        secure_boot=_ON.get(told.get("secure boot", "").lower()),
    )
    named = re.sub(r",? ?(?<!\d)\d+ M(?:hz|Hz),.*", "", told.get("processor", ""))
    memory = Memory(
        total_bytes=_bytes(told.get("memory")),
        available_bytes=_bytes(told.get("available")),
        swap_bytes=_bytes(told.get("page file")),
    )
    return known_sections({"host": host, "memory": memory, "cpu": Cpu(model=named if "@" in named else None)})


def _bytes(value: str | None) -> int | None:
    """ "32,560 MB"; German has the point where English has the comma."""
    return bytes_of(re.sub(r"(?<=\d)[,. ](?=\d{3}\b)", "", value or "").replace(",", "."))


def _adapters(lines: Sequence[str]) -> list[DisplayAdapter]:
    """The names under [Display], and the driver that follows each."""
    found: list[DisplayAdapter] = []
    display = False
    for line in lines:
        if line.startswith("["):
            display = line.strip() in ("[Display]", "[显示]", "[Anzeige]")
        elif display and (name := _DISPLAY.match(line)):
            found.append(DisplayAdapter(name[1]))
        elif found and display and "NVIDIA" in found[-1].name and (driver := _DRIVER.match(line)):
            found[-1] = found[-1]._replace(driver=windows_driver(driver[1]))
    return found

"""Operating systems, platforms and Pythons, from the strings that reports print for them."""

from __future__ import annotations

import re

import msgspec

from doctor.catalog import Version
from doctor.facts import Host, Python

_IDS = {
    "ubuntu": ("ubuntu", ("debian",)),
    "debian": ("debian", ()),
    "linux mint": ("linuxmint", ("ubuntu", "debian")),
    "linuxmint": ("linuxmint", ("ubuntu", "debian")),
    **dict.fromkeys(("pop!_os", "pop_os", "pop!os", "pop os", "pop! os"), ("pop", ("ubuntu", "debian"))),
    "elementary": ("elementary", ("ubuntu", "debian")),
    "zorin": ("zorin", ("ubuntu", "debian")),
    "kali": ("kali", ("debian",)),
    "raspbian": ("raspbian", ("debian",)),
    "deepin": ("deepin", ("debian",)),
    "uos": ("uos", ("debian",)),
    "centos": ("centos", ("rhel", "fedora")),
    "red hat": ("rhel", ("fedora",)),
    "rhel": ("rhel", ("fedora",)),
    "rocky": ("rocky", ("rhel", "centos", "fedora")),
    "almalinux": ("almalinux", ("rhel", "centos", "fedora")),
    "oracle linux": ("ol", ("fedora",)),
    "fedora": ("fedora", ()),
    "amazon linux": ("amzn", ("centos", "rhel", "fedora")),
    "openeuler": ("openEuler", ()),
    "kylin": ("kylin", ()),
    "arch linux": ("arch", ()),
    "manjaro": ("manjaro", ("arch",)),
    "endeavouros": ("endeavouros", ("arch",)),
    "cachyos": ("cachyos", ("arch",)),
    "gentoo": ("gentoo", ()),
    "alpine": ("alpine", ()),
    "nixos": ("nixos", ()),
    "void": ("void", ()),
    "opensuse": ("opensuse", ("suse",)),
    "suse": ("sles", ("suse",)),
    "clear linux": ("clear-linux-os", ()),
    "mariner": ("mariner", ()),
    "azure linux": ("azurelinux", ()),
}
_MAC = re.compile(r"\bmac ?os(?: ?x)?\b|\bOS ?X\b|\bdarwin\b", re.I)
_WINDOWS = re.compile(r"\bwindows(?:\b|(?=\d))|\bwin(?:32|64| ?(?:7|8|10|11))\b|^nt$", re.I)  # nt: os.name
_LINUX = re.compile(r"\blinux\b", re.I)
_OF_32_BITS = re.compile(r"\b32[- ]?bits?\b|32 ?位")
_ARCHITECTURE = re.compile(r"\b(x86_64|amd64|aarch64|arm64|i[3-6]86|ppc64le|riscv64|s390x|loongarch64|armv7l|AMD64)\b")
_VERSION = re.compile(r"(?<![\d.])(\d+(?:\.\d+){0,2})(?![\w])")
_LIBC = re.compile(r"-?(?:g?libc|musl|\d)")
_KERNEL = re.compile(r"[,;(]\s*(?:linux )?kernel\W{1,3}(\d+\.\d[\w.+-]*)\)?", re.I)  # "Fedora 40 (kernel 6.8.5)"
_WINDOWS_PLATFORM = re.compile(r"^Windows-(\w+)-(\d+\.\d+\.(\d+))")
_MAC_PLATFORM = re.compile(r"^(?:macOS|Darwin)-([\d.]+)-(\w+)")
_SYSTEMS = {
    **dict.fromkeys(("linux", "linux2"), Host(os="linux")),
    **dict.fromkeys(("win32", "windows"), Host(os="windows", distribution_id="windows", libc="")),
    "darwin": Host(os="macos", distribution_id="macos", libc="", wsl=0),
}
_GLIBC = re.compile(r"\bglibc[ -]?(2\.\d{1,2})\b", re.I)  # people put all into one answer
_KERNEL = re.compile(r"\b(?:kernel|GNU/Linux)(?: version)?:? ([3-9]\.\d{1,2}[\w.+-]{0,40})", re.I)
_WINDOWS_11_BUILD = (22000,)


def host_of_os(text: str) -> Host:
    """A Host from an "OS" line: "Ubuntu 22.04.3 LTS (x86_64)", "Microsoft Windows 11 家庭中文版", "Mac OSX 10.13.6"."""
    text = text.strip()[:200]
    architecture = _ARCHITECTURE.search(text)
    machine = _machine(architecture[1]) if architecture else "x86" if _OF_32_BITS.search(text) else None
    kernel = _KERNEL.search(text)
    named = text.replace(kernel[0], "") if kernel else text
    bare = re.sub(r"(?<!\s)\s*\(\s*\)", "", _ARCHITECTURE.sub("", named)).strip(" -,")
    if _MAC.search(text):
        found = _VERSION.search(bare)
        return Host(
            os="macos",
            distribution=bare,
            distribution_id="macos",
            distribution_version=found[1] if found else None,
            architecture=machine,
            libc="",
            wsl=0,
        )
    if _WINDOWS.search(text) and not re.search(r"\bWSL|subsystem", text, re.I):
        return _windows(text, bare, machine)
    host = _linux(text, bare, machine)
    return msgspec.structs.replace(host, kernel=kernel[1]) if kernel and host.os else host


def _windows(text: str, bare: str, machine: str | None) -> Host:
    build = re.search(r"\b10\.0\.(\d{4,5})\b|\bbuild (\d{4,5})\b", text, re.I)
    release = re.search(r"\b(?:Windows|win)[- ]?(?:server )?(\d{1,4}(?:\.\d)?)\b", text, re.I)
    return Host(
        os="windows",
        distribution="Windows" if bare in ("nt", "win32") else bare,
        distribution_id="windows",
        architecture=machine,
        libc="",
        distribution_version=release[1] if release else None,
        windows_build=(build[1] or build[2]) if build else None,
    )


def _linux(text: str, bare: str, machine: str | None) -> Host:
    low = text.lower()
    found = next((word for word in _IDS if word in low), None)
    name, like = _IDS[found] if found else (None, ())
    if name is None and not _LINUX.search(text):
        return Host(architecture=machine)
    version = _VERSION.search(bare)
    wsl = re.search(r"\bWSL ?([12])?\b", text, re.I)
    musl, glibc, kernel = name == "alpine", _GLIBC.search(text), _KERNEL.search(text)
    return Host(
        os="linux",
        kernel=kernel[1] if kernel else None,
        distribution=bare,
        distribution_id=name,
        distribution_like=like,
        architecture=machine,
        distribution_version=_release(version[1], name) if version and found else None,
        libc="musl" if musl else "glibc" if glibc else None,
        libc_version=glibc[1] if glibc and not musl else None,
        wsl=int(wsl[1] or 2) if wsl else None,
    )


def _release(version: str, name: str | None) -> str:
    """The version as os-release has it: Ubuntu's point releases are not in it."""
    return ".".join(version.split(".")[:2]) if name == "ubuntu" else version


def host_of_system(text: str) -> Host:
    """A Host from `sys.platform` or `platform.system()`."""
    return _SYSTEMS.get(text.strip().lower(), Host())


def host_of_platform(text: str) -> Host:
    """A Host from `platform.platform()`: kernel, architecture, libc, WSL, Windows build, macOS version."""
    text = text.strip().split(" ")[0][:300]
    if found := _WINDOWS_PLATFORM.match(text):
        release = "11" if found[1] == "10" and Version.of(found[3]) >= _WINDOWS_11_BUILD else found[1]
        return Host(
            os="windows", distribution_id="windows", distribution_version=release, windows_build=found[3], libc=""
        )
    if found := _MAC_PLATFORM.match(text):
        return Host(
            os="macos",
            distribution_id="macos",
            distribution_version=found[1] if text[0] == "m" else None,
            architecture=_machine(found[2]),
            libc="",
            wsl=0,
        )
    return _linux_platform(text) if text.startswith("Linux-") else Host()


def _linux_platform(text: str) -> Host:
    """ "Linux-5.15.0-105-generic-x86_64-with-glibc2.35": kernel release, architecture, libc.

    Before Python 3.8 a distribution stands there, and not always the right one: "-with-debian-buster-sid" on Ubuntu.
    """
    system, _, end = text.removeprefix("Linux-").partition("-with")
    architecture = next(iter(_ARCHITECTURE.findall(system)[-1:]), None)
    kernel = system.rpartition(f"-{architecture}")[0] if architecture else system
    libc, version = libc_of(end) if _LIBC.match(end) else (None, None)
    return Host(
        os="linux",
        kernel=kernel,
        architecture=architecture,
        libc=libc,
        libc_version=version,
        wsl=wsl_of(kernel),
        jetson=jetson_of(kernel),
    )


def jetson_of(kernel: str) -> str | None:
    """Kernels of Jetson Linux are named for it."""
    return "Jetson" if kernel.endswith("tegra") else None


def l4t_of(text: str) -> str | None:
    """The release of Jetson Linux in "5.1.2 [L4T 35.4.1]", "R36.4.3"."""
    found = re.search(r"(?<![\d.])R?(3[2-9]\.\d+(?:\.\d+)?)", text)
    return found[1] if found else None


def libc_of(text: str) -> tuple[str | None, str | None]:
    """libc and its version of "glibc-2.35", "glibc2.17", "2.12", "musl 1.2.3"."""
    found = re.search(r"(?<!\d)\d+\.\d+(?:\.\d+)?", text)
    if not found:
        return None, None
    return "musl" if "musl" in text else "glibc", found[0]


def wsl_of(kernel: str) -> int:
    """0 outside WSL; WSL1 kernels end in -Microsoft, WSL2's say microsoft-standard or WSL2."""
    if re.search(r"WSL2|microsoft-standard", kernel):
        return 2
    return 1 if kernel.endswith("Microsoft") else 2 if "microsoft" in kernel.lower() else 0


def python_of(text: str) -> Python | None:
    """A Python from "3.10.12 (main, …) [GCC 11.4.0] (64-bit runtime)", "python3.6", "3.8 (64-bit runtime)"."""
    found = re.search(r"(?<![\d.])([23]\.\d{1,2}(?:\.\d{1,2})?(?:(?:a|b|rc)\d+)?)(?![\d])", text)
    if not found:
        return None
    bits = re.search(r"(32|64)[- ]bit", text)
    machine = re.search(r"\b(arm64|x86_64|AMD64|aarch64)\b", text)
    return Python(
        version=found[1],
        bits=int(bits[1]) if bits else None,
        implementation="PyPy" if "PyPy" in text else None,
        free_threaded=True if "free-threading" in text else None,
        machine=machine[1] if machine else None,
        kind="conda" if re.search(r"Anaconda|conda-forge|conda", text) else None,
    )


def _machine(word: str) -> str:
    return "x86_64" if word.lower() == "amd64" else word

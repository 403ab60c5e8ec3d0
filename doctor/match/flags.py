"""The what-if flags: words of the command line to a machine and a wish. Wrong words raise DoctorError."""

from __future__ import annotations

import re
from typing import NoReturn

import msgspec

from doctor import catalog
from doctor.catalog import Version
from doctor.match.machine import APPLE_GPU, architecture
from doctor.match.model import KINDS, Device, Machine, Wish
from doctor.model import DoctorError
from doctor.text.addresses import parts_of

_NO_WHEELS = ("i686", "i586", "i386", "x86", "armv6l", "armv7l", "ppc64le", "ppc64", "s390x", "riscv64", "loongarch64")
# kept as text: compiling them takes longer than a match, and most runs need one or none of them
_SYSTEM = r"(linux|windows|win|macos|darwin|mac)[-_ ]?(\d+(?:\.\d+)*)?"
_PYTHON = r"(?:cp|python)?[ -]?([23])\.?(\d{1,2})(?:\.\d+\w*)?(t?)"
_INTEL = r"\b(?:intel|arc|data center gpu (?:max|flex))\b"
NO_GPU = "give its compute capability: --capability 8.9 (the list of GPUs is of {day})"
_APPLE = r"\bapple\b|\bM[1-9]\b"


class MachineFlags(msgspec.Struct, frozen=True, kw_only=True):
    """The machine flags as given; None or empty = not given."""

    os: str | None = None
    arch: str | None = None
    python: str | None = None
    free_threaded: bool = False
    driver: str | None = None
    gpus: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    gfx: tuple[str, ...] = ()
    glibc: str | None = None
    macos: str | None = None

    @property
    def describe_a_machine(self) -> bool:
        """A Python is a wish about this machine; anything else describes another."""
        return any((self.os, self.arch, self.driver, self.gpus, self.capabilities, self.gfx, self.glibc, self.macos))


def fail(reference: str, message: str, found: str, hint: str = "") -> NoReturn:
    raise DoctorError(f"match-{reference}", message, found, hint)


def machine_from(flags: MachineFlags, here_os: str, here_arch: str) -> Machine:
    """The described machine; the system and architecture not named are those of this one."""
    system, version = _system(flags.os or ("macos" if flags.macos else here_os))
    macos = flags.macos or version
    arch = _arch(flags.arch or ("aarch64" if system == "macos" else here_arch))
    _check_contradictions(flags, system)
    python, free = python_version(flags.python, flags.free_threaded) if flags.python else ("", flags.free_threaded)
    return Machine(
        os=system,
        arch=arch,
        python=python,
        free_threaded=free,
        libc="glibc" if flags.glibc else "",
        glibc=_glibc(flags.glibc),
        macos=_macos(macos) if system == "macos" and macos else "",
        driver=_driver(flags.driver),
        devices=_devices(flags, system, arch),
    )


def wish_from(torch: str | None, accelerator: str | None, index_url: str | None) -> Wish:
    text, build = _torch(torch or "")
    return Wish(torch=text, build=build, accelerator=_accelerator(accelerator), index_url=_url(index_url or ""))


def _check_contradictions(flags: MachineFlags, system: str) -> None:
    """Flags that cannot be true of one machine."""
    nvidia = flags.driver or flags.capabilities or any(_kind(name) == "cuda" for name in flags.gpus)
    if system == "macos" and (nvidia or flags.gfx):
        fail("contradiction", "PyTorch on macOS cannot use NVIDIA or AMD GPUs", "flags of such a GPU")
    if system != "linux" and flags.glibc:
        fail("contradiction", f"{system} has no glibc", f"--glibc {flags.glibc}", "leave --glibc out")
    if system != "macos" and flags.macos:
        fail("contradiction", f"--macos does not go with --os {system}", f"--macos {flags.macos}")


def _system(text: str) -> tuple[str, str]:
    found = re.fullmatch(_SYSTEM, text.strip(), re.I)
    if not found:
        fail("os", "expected linux, windows or macos", text)
    name = found[1].lower()
    system = "windows" if name.startswith("win") else "macos" if name in ("macos", "mac", "darwin") else "linux"
    return system, found[2] or ""


def _arch(text: str) -> str:
    arch = architecture(text.strip())
    if arch not in ("x86_64", "aarch64", *_NO_WHEELS):
        fail("arch", "expected an architecture such as x86_64 or aarch64", text)
    return arch


def python_version(text: str, free_threaded: bool = False) -> tuple[str, bool]:
    """("3.13", True) of "3.13t" or "3.13" with --free-threaded; the micro version plays no part."""
    found = re.fullmatch(_PYTHON, text.strip(), re.I)
    if not found:
        fail("python", "expected a Python version such as 3.12, or the path of an interpreter", text)
    version, free = f"{found[1]}.{int(found[2])}", free_threaded or bool(found[3])
    if free and Version.of(version) < (3, 13):
        fail("contradiction", "free-threaded Python starts with 3.13", f"Python {version}")
    return version, free


def is_python_version(text: str) -> bool:
    return bool(re.fullmatch(_PYTHON, text.strip(), re.I))


def _glibc(text: str | None) -> str:
    if text is None:
        return ""
    if not re.fullmatch(r"2\.\d{1,2}(\.\d+)?", text.strip()):
        fail("glibc", "expected a glibc version such as 2.31", text, "`ldd --version` shows it")
    return text.strip()


def _macos(text: str) -> str:
    if not re.fullmatch(r"\d{2}(\.\d+){0,2}", text.strip()):
        fail("macos", "expected a macOS version such as 14.5", text)
    return text.strip()


def _driver(text: str | None) -> str | None:
    if text is None:
        return None
    if text.strip().lower() in ("none", ""):
        return ""
    if not re.fullmatch(r"\d+(\.\d+){0,2}", text.strip()) or Version.of(text) < (100,):
        hint = "a CUDA version is not a driver version; nvidia-smi shows both"
        fail("driver", "expected an NVIDIA driver version such as 550.54.14", text, hint)
    return text.strip()


def capability(text: str) -> str:
    """ "8.9" of "8.9", "sm_89" or "89"."""
    known = catalog.Capability.of(text)
    if known is None:
        fail("capability", "expected a compute capability such as 8.9", text)
    return str(known)


def _devices(flags: MachineFlags, system: str, arch: str) -> tuple[Device, ...]:
    spare = [capability(text) for text in flags.capabilities]
    paired = len(spare) == len(flags.gpus)
    devices = [_device_named(name, spare, paired, system) for name in flags.gpus]
    devices += [Device("cuda", "NVIDIA GPU", target) for target in spare]
    devices += [Device("rocm", "AMD GPU", _gfx(text)) for text in flags.gfx]
    if system == "macos" and arch == "aarch64" and APPLE_GPU not in devices:
        devices.append(APPLE_GPU)
    return tuple(devices)


def _device_named(name: str, spare: list[str], paired: bool, system: str) -> Device:
    """The device of a name; a compute capability is taken from `spare` when the name is not known, or to be checked."""
    kind = _kind(name)
    if kind == "mps":
        return APPLE_GPU if system == "macos" else fail("contradiction", "only a Mac has an Apple GPU", name)
    if kind != "cuda":
        return Device(kind, name, catalog.amd_gfx(name) or "" if kind == "rocm" else "")
    row = catalog.gpu(name)
    if row and not (paired and spare):
        return Device("cuda", name, row.capability)
    if not spare:
        fail("gpu", "there is no known GPU of that name", name, NO_GPU.format(day=catalog.gpus().as_of))
    target = spare.pop(0)
    if row and target not in (row.capability, *row.other_capabilities):
        found = f"--gpu {name!r} with --capability {target}"
        fail("contradiction", f"{row.model} has compute capability {row.capability}", found)
    return Device("cuda", name, target)


def _kind(name: str) -> str:
    if catalog.gpu(name):
        return "cuda"
    if catalog.amd_gfx(name) or re.search(r"\b(?:amd|radeon|instinct)\b", name, re.I):
        return "rocm"
    if re.search(_INTEL, name, re.I):
        return "xpu"
    return "mps" if re.search(_APPLE, name, re.I) else "cuda"


def _gfx(text: str) -> str:
    target = text.strip().lower().partition(":")[0]
    if not re.fullmatch(r"gfx[0-9a-f]{3,4}", target):
        fail(
            "amd-gfx", "expected an AMD target such as gfx1100", text, "`rocminfo` or `rocm_agent_enumerator` shows it"
        )
    return target


def _accelerator(text: str | None) -> str:
    if text and text not in KINDS:
        fail("accelerator", f"expected one of {', '.join(KINDS)}", text)
    return text or ""


def _url(text: str) -> str:
    if text and not (re.match(r"(?:https?|file)://\S+$", text) and any(parts_of(text))):
        fail("index-url", "expected a URL that starts with https://, http:// or file://", text)
    return text


def _torch(text: str) -> tuple[str, str]:
    """The specifier and the build in "==2.7.1+cu118"; a bare version means that release, "2.7" any 2.7.x."""
    text = text.strip()
    if not text:
        return "", ""
    build = re.search(r"\+([a-z]+[\d.]*)\s*$", text)
    plain = text[: build.start()] if build else text
    if re.fullmatch(r"\d+(\.\d+)*", plain):
        plain = f"=={plain}" if plain.count(".") > 1 else f"=={plain}.*"
    from packaging.specifiers import InvalidSpecifier

    from doctor.catalog.specifiers import specifier

    try:
        specifier(plain)
    except InvalidSpecifier:
        fail("torch", 'expected versions such as 2.7, "==2.7.1" or ">=2.4,<2.7"', text)
    return plain, build[1] if build else ""

"""The machine and its accelerators, from the values of a dump."""

from __future__ import annotations

import re

import msgspec

from doctor.catalog import Version
from doctor.facts import Amd, Apple, Cpu, Host, Intel, Memory, Nvidia, Storage
from doctor.intake import gpus, platforms
from doctor.intake.fields import is_missing
from doctor.intake.merge import Partial, merge
from doctor.intake.values import NO_CUDA, Raw, bytes_of, flag_of, known_sections, number_of, version_of
from doctor.text.systems import HOSTED_NOTEBOOKS

# lscpu's modes under a label that lost its end, and what Python calls the processor where it does not know its name
_NO_MODEL = re.compile(r"(?:\d\d-bit[, ]*)+|x86_64|amd64|aarch64|arm64|arm|i[3-6]86", re.IGNORECASE)
_WINDOWS_ARCHITECTURES = {"0": "x86", "9": "x86_64", "12": "arm64"}


def machine(raw: Raw) -> Partial:
    host = platforms.host_of_os("" if is_missing(raw.get("os")) else raw["os"])
    if "mac os" in raw:
        host = _merge_host(host, platforms.host_of_os(f"macOS {raw['mac os']}"))
    host = _merge_host(host, _of_platform(raw))
    host = _merge_host(host, platforms.host_of_system(raw.get("sys.platform", "")))
    host = _merge_host(host, platforms.host_of_system(raw.get("platform system", "").lower()))
    host = _merge_host(host, _with_host_details(raw, host))
    if "[MSC v." in raw.get("python version", ""):  # Microsoft's compiler builds Pythons for Windows alone
        host = _merge_host(host, platforms.host_of_os("Windows"))
    cpu = _cpu(raw)
    apple = None
    if host.os == "macos" and (host.architecture == "arm64" or (cpu and "Apple" in (cpu.model or ""))):
        apple = Apple(chip=cpu.model if cpu else None, macos=host.distribution_version)
    memory = Memory(total_bytes=bytes_of(raw.get("system ram")))
    storage = Storage(shm_bytes=bytes_of(raw.get("shared memory")))
    return known_sections({"host": host, "cpu": cpu, "apple": apple, "memory": memory, "storage": storage})


def _of_platform(raw: Raw) -> Host:
    """Up to Python 3.8 the platform ends with the glibc that the interpreter's own file asks for, not the system's."""
    host = platforms.host_of_platform(raw.get("python platform", ""))
    return msgspec.structs.replace(host, libc_version=None) if _is_older(raw, "3.9") else host


def _is_older(raw: Raw, version: str) -> bool:
    python = platforms.python_of(raw.get("python version", ""))
    return python is not None and Version.of(python.version).older_than(version)


def _with_host_details(raw: Raw, host: Host) -> Host:
    libc, version = platforms.libc_of(raw.get("libc version", ""))
    version = None if _is_older(raw, "3.8") else version  # as of the interpreter's file, too
    kernel = raw.get("kernel", "").removeprefix("Linux ").strip() or None
    windows = re.search(r"10\.0\.(\d{5})", raw.get("windows version", ""))
    in_wsl = host.os == "linux" and windows is not None
    # people leave out what stands behind the number
    wsl = platforms.wsl_of(kernel) if kernel and re.match(r"\d[\d.]*[^\d.]", kernel) else None
    told = re.search(r"(?:^|\bWSL ?)([12])(?![.\d])", raw.get("wsl version", ""), re.IGNORECASE)
    if told and not wsl and host.os in (None, "linux"):
        wsl = int(told[1])
    jetpack = raw.get("jetpack", "")
    return Host(
        libc=libc,
        libc_version=version,
        kernel=kernel if kernel and kernel[:1].isdigit() else None,
        architecture=_architecture(raw.get("architecture") or raw.get("installed with")),
        windows_build=windows[1] if windows else None,
        wsl=(wsl or (1 if kernel and kernel.startswith("4.4.") else 2)) if in_wsl else wsl,
        rosetta=_rosetta(raw, host),
        container=next((name for name in HOSTED_NOTEBOOKS if name in raw.get("container", "").lower()), None),
        virtual_machine=raw["hypervisor vendor"].lower() if "hypervisor vendor" in raw else None,
        jetson=f"Jetson ({jetpack})" if not is_missing(jetpack) else platforms.jetson_of(kernel or ""),
        l4t=platforms.l4t_of(jetpack),
    )


def _architecture(value: str | None) -> str | None:
    """lscpu's word, or the number that Windows has for it (Win32_Processor.Architecture)."""
    text = (value or "").strip()
    found = re.search(r"\b(x86_64|amd64|aarch64|arm64|riscv64|ppc64le|i686|s390x|loongarch64)\b", text)
    return found[1].replace("amd64", "x86_64") if found else _WINDOWS_ARCHITECTURES.get(text)


def _rosetta(raw: Raw, host: Host) -> bool | None:
    """x86_64 Python on a Mac whose processor is Apple's."""
    if host.os != "macos" or "python platform" not in raw:
        return None
    chip = "Apple" in raw.get("model name", "") or "arm64" in raw.get("os", "")
    return chip and "x86_64" in raw["python platform"] if chip else None


def _merge_host(first: Host, second: Host) -> Host:
    merged = merge({"host": first}, {"host": second})["host"]
    assert isinstance(merged, Host)
    return merged


def _cpu(raw: Raw) -> Cpu | None:
    model = raw.get("model name")
    sockets, cores = number_of(raw.get("socket(s)")), number_of(raw.get("core(s) per socket"))
    return Cpu(
        model=None if is_missing(model) or _NO_MODEL.fullmatch(model or "") else model,
        flags=tuple(raw["flags"].lower().split()) if len(raw.get("flags", "")) > 20 else None,
        logical=number_of(raw.get("cpu(s)")),
        physical=sockets * cores if sockets and cores else None,
    )


def accelerators(raw: Raw, source: str) -> Partial:
    """`source` is whom the names of the GPUs are from."""
    named = gpus.parse(_gpu_text(raw))
    driver = _driver(raw)
    listed = named.nvidia or (() if _nothing_listed(raw) else None)
    nvidia = Nvidia(
        driver_version=driver,
        cuda_version=version_of(raw.get("driver cuda version")),
        gpus=listed,
        gpus_source=source if listed is not None else "",
    )
    intel_text = raw.get("intel gpu models onboard") or raw.get("intel gpu models detected") or ""
    listed_intel = "" if is_missing(intel_text) else intel_text
    intel = tuple(name.strip() for name in re.split(r"\\n|[*\n]", listed_intel) if name.strip()) or named.intel
    host = Host(jetson=named.jetson) if named.jetson else None
    return known_sections(
        {
            "nvidia": nvidia,
            "amd": Amd(gpus=named.amd) if named.amd else None,
            "intel": Intel(gpus=intel) if intel else None,
            "apple": Apple(chip=named.apple) if named.apple else None,
            "host": host,
        }
    )


def _gpu_text(raw: Raw) -> str:
    value = raw.get("gpu models and configuration", raw.get("directml device", ""))
    return "" if is_missing(value) or value.strip().lower() in (NO_CUDA, "none") else value


def _nothing_listed(raw: Raw) -> bool:
    """`nvidia-smi` was asked and listed nothing."""
    if raw.get("gpu models and configuration", "").strip().lower() == NO_CUDA:
        return True
    return _sees_no_gpu(raw) and is_missing(raw.get("gpu models and configuration", "x"))


def _sees_no_gpu(raw: Raw) -> bool:
    """An importable CUDA build finds no device, and neither the driver nor a GPU could be read on Linux."""
    return (
        flag_of(raw.get("is cuda available")) is False
        and "gpu models and configuration" in raw
        and "nvidia driver version" in raw
        and is_missing(raw["gpu models and configuration"])
        and is_missing(raw["nvidia driver version"])
        and is_missing(raw.get("rocm used to build pytorch"))
        and platforms.host_of_platform(raw.get("python platform", "")).os == "linux"
        and "tegra" not in raw["python platform"]
    )


def _driver(raw: Raw) -> str | None:
    value = raw.get("nvidia driver version", "")
    if value.strip().lower() == NO_CUDA or _sees_no_gpu(raw):
        return ""
    found = re.search(r"(?<![\d.])(\d{3}(?:\.\d{1,3}){0,2})(?![\d.]*\d{4})", f"{value} {raw.get('nvrm version', '')}")
    return found[1] if found else None

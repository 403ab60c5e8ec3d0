"""The operating system and what it runs inside of."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from doctor.bootstrap.programs import which
from doctor.catalog import Version
from doctor.facts import Host
from doctor.probes import _firmware, _loader, _macos, _shell, _virtual, _windows
from doctor.probes._files import exists, listing, read
from doctor.probes.cpu import flags, parse_cpuinfo
from doctor.target import Target

_TOOLS = (
    "apt-get apt dnf yum zypper pacman apk emerge snap nix brew port winget choco scoop docker podman conda mamba"
    " micromamba pixi uv pip pip3 pipx pyenv poetry pdm git sudo pkexec systemctl modprobe mokutil dkms ubuntu-drivers"
    " nvidia-smi nvidia-ctk nvcc rocminfo rocm-smi amd-smi xpu-smi gcc g++ clang cl cmake ninja curl wget"
)
_MARKS = ("/.dockerenv", "/run/.containerenv", "/.singularity.d", "/.flatpak-info")


def probe(target: Target) -> Host:
    return msgspec.structs.replace(_system(target), shell=_shell.typed_into())


def _system(target: Target) -> Host:
    tools = tools_on_path(target.env)
    if sys.platform == "darwin":
        return macos(_macos.sysctl(), _macos.version(), _macos.head_of(target.executable), tools)
    if sys.platform == "win32":
        return _windows_host(target, tools)
    kind = "linux" if sys.platform == "linux" else sys.platform
    return linux(target.env, executable=target.executable, tools=tools, os_name=kind)


def linux(
    env: Mapping[str, str],
    executable: str = "",
    tools: tuple[str, ...] = (),
    root: Path = Path("/"),
    os_name: str = "linux",
) -> Host:
    """From `/etc/os-release`, `/proc`, `/sys`, and the libraries the target's loader finds."""
    release = parse_os_release(read(root / "etc/os-release") or read(root / "usr/lib/os-release"))
    wsl, container = _wsl(root), _container(root, env)
    libc, libc_version = _libc(root)
    l4t, jetson = _jetson(root)
    return Host(
        os=os_name,
        distribution=release.get("PRETTY_NAME") or release.get("NAME"),
        distribution_id=release.get("ID"),
        distribution_version=release.get("VERSION_ID"),
        distribution_like=tuple(release.get("ID_LIKE", "").split()),
        kernel=read(root / "proc/sys/kernel/osrelease") or platform.release(),
        architecture=platform.machine(),
        libc=libc,
        libc_version=libc_version,
        glibcxx=_glibcxx(env, executable, root),
        wsl=wsl,
        container=container,
        virtual_machine=_machine(root, wsl),
        jetson=jetson,
        l4t=l4t,
        rosetta=False,
        secure_boot=None if wsl or container else _firmware.secure_boot(root),
        tools=tools,
    )


def macos(values: Mapping[str, str], version: str, head: bytes, tools: tuple[str, ...]) -> Host:
    """From sysctl values; the architecture is the machine's, also where this process is translated."""
    known = dict(values)
    apple_silicon = _macos.is_apple_silicon(known)
    return Host(
        os="macos",
        distribution=f"macOS {version}".strip(),
        distribution_id="macos",
        distribution_version=version,
        kernel=known.get("kern.osrelease"),
        architecture="arm64" if apple_silicon else "x86_64",
        libc="",
        wsl=0,
        container="",
        virtual_machine=_mac_machine(known),
        jetson="",
        rosetta=_macos.is_translated(known, head),
        tools=tools,
    )


def _mac_machine(values: Mapping[str, str]) -> str:
    named = _virtual.dmi_hypervisor(values.get("hw.model", ""))
    return (named or "unknown") if values.get("kern.hv_vmm_present") == "1" else named


def _windows_host(target: Target, tools: tuple[str, ...]) -> Host:
    values = _windows.key_values
    architecture = _windows.architecture(values(_windows.ENVIRONMENT))
    runtime = _windows.vc_runtime(_windows.runtimes(architecture))
    process = target.env.get("PSEXECUTIONPOLICYPREFERENCE", "")
    version = values(_windows.CURRENT_VERSION)
    return windows(
        version,
        values(_windows.BIOS),
        architecture=architecture,
        vc_runtime=conda_vc_runtime(target.executable) or runtime or _unknown_runtime(target.env),
        long_paths=_windows.long_paths(values(_windows.FILE_SYSTEM)),
        smart_app_control=_windows.smart_app_control(values(_windows.APP_CONTROL)),
        execution_policy=_windows.execution_policy(
            _windows.execution_policies(), process, _windows.product_name(version)[0]
        ),
        gpu_timeout_s=_windows.gpu_timeout_s(values(_windows.GRAPHICS)),
        gpu_scheduling=_windows.gpu_scheduling(values(_windows.GRAPHICS)),
        wsl_distributions=_windows.wsl_distributions(),
        secure_boot=_windows.registry_switch(values(_windows.SECURE_BOOT), "UEFISecureBootEnabled"),
        tools=tools,
    )


def windows(version: _windows.Values, bios: _windows.Values, **known: Any) -> Host:
    """From registry values; `known` are fields of Host. Windows sets no sign of its own for virtual machines: the
    firmware's names tell."""
    name, number = _windows.product_name(version)
    build = _windows.build_number(version)
    maker = f"{bios.get('SystemManufacturer', '')} {bios.get('SystemProductName', '')}"
    return Host(
        os="windows",
        distribution=name,
        distribution_id="windows",
        distribution_version=number,
        kernel=f"10.0.{build}" if build else None,
        libc="",
        wsl=0,
        container="",
        virtual_machine=_virtual.dmi_hypervisor(maker),
        jetson="",
        rosetta=False,
        windows_build=build or None,
        **known,
    )


def conda_vc_runtime(executable: str) -> str:
    """The version of the runtime that a conda environment brings along: its Python loads that one first."""
    prefix = _loader.conda_prefix(executable)
    records = listing(prefix / "conda-meta", "v[cs]*_runtime-*.json") if prefix else []
    versions = [match[1] for path in records if (match := re.match(r"v[cs]\d+_runtime-(\d[\d.]*)-", path.name))]
    return max(versions, key=Version.of, default="")


def _unknown_runtime(env: Mapping[str, str]) -> str | None:
    """None, not known, where the runtime's library lies in the system but no installer wrote its version down."""
    return None if exists(Path(env.get("SYSTEMROOT", r"C:\Windows"), "System32", "msvcp140.dll")) else ""


def tools_on_path(env: Mapping[str, str]) -> tuple[str, ...]:
    """Those of the known tools that PATH finds."""
    return tuple(name for name in _TOOLS.split() if which(name, env))


def parse_os_release(text: str) -> dict[str, str]:
    """`/etc/os-release`: NAME=value lines, values quoted as in a shell."""
    found = re.findall(r"(?m)^[ \t]*([A-Z][A-Z0-9_]*)=(.*)$", text)
    return {name: re.sub(r"\\(.)", r"\1", _unquoted(value.rstrip())) for name, value in found}


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _wsl(root: Path) -> int:
    traces = any(exists(root / path) for path in ("proc/sys/fs/binfmt_misc/WSLInterop", "run/WSL"))
    return _virtual.wsl(read(root / "proc/sys/kernel/osrelease"), read(root / "proc/version"), traces)


def _container(root: Path, env: Mapping[str, str]) -> str:
    marks = [mark for mark in _MARKS if exists(root / mark.lstrip("/"))]
    told = [read(root / "run/systemd/container"), read(root / "proc/1/cgroup"), read(root / "proc/self/cgroup")]
    told.append(_virtual.root_mount(read(root / "proc/self/mountinfo")))
    return _virtual.container(marks, env, "\n".join(told), read(root / "run/.containerenv"))


def _machine(root: Path, wsl: int) -> str:
    dmi = " ".join(read(root / "sys/class/dmi/id" / name) for name in ("sys_vendor", "product_name", "bios_vendor"))
    tree = read(root / "proc/device-tree/hypervisor/compatible") + read(root / "proc/device-tree/compatible")
    cpu_flags = flags(parse_cpuinfo(read(root / "proc/cpuinfo"))) or ()
    return _virtual.virtual_machine(dmi, cpu_flags, wsl, tree, read(root / "sys/hypervisor/type"))


def _libc(root: Path) -> tuple[str | None, str | None]:
    try:
        name, _, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
    except (ValueError, OSError):  # musl knows no such name
        name, version = "", ""
    if name:
        return name, version
    musl = _loader.musl_version(root)
    return (None, None) if musl is None else ("musl", musl or None)


def _glibcxx(env: Mapping[str, str], executable: str, root: Path) -> str | None:
    """None when there is no libstdc++ at all, which torch brings only in its conda packages."""
    prefix = _loader.conda_prefix(executable)
    found = _loader.library("libstdc++.so.6", env, (prefix / "lib",) if prefix else (), root)
    return _loader.newest_glibcxx(found) or None if found else None


def _jetson(root: Path) -> tuple[str | None, str]:
    """Jetson Linux release and model. A container shares the device tree but may lack the release file."""
    release = read(root / "etc/nv_tegra_release")
    tree = root / "proc/device-tree"
    compatible, model = read(tree / "compatible"), read(tree / "model")
    if "nvidia,tegra" not in compatible and not release and "jetson" not in model.lower():
        return None, ""
    return parse_l4t(release), model or "Jetson"


def parse_l4t(text: str) -> str | None:
    """ "36.4.3" from "# R36 (release), REVISION: 4.3, GCID: …"."""
    match = re.search(r"R(\d+)\b.*?REVISION:\s*([\d.]+)", text)
    return f"{match[1]}.{match[2]}" if match else None

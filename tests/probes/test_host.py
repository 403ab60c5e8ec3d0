"""The operating system, laid out as files, as registry values and as sysctl output."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from doctor.probes import _firmware, _macos, _windows, host
from doctor.target import Target
from tests.probes.trees import lay
from tests.surroundings import LINUX

UBUNTU = """PRETTY_NAME="Ubuntu 22.04.5 LTS"
NAME="Ubuntu"
VERSION_ID="22.04"
ID=ubuntu
ID_LIKE=debian
HOME_URL="https://www.example.com/"
"""
ROCKY = "NAME='Rocky Linux'\nVERSION_ID='9.4'\nID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n# comment\n\nBROKEN\n"
ORIN = (
    "# R36 (release), REVISION: 4.3, GCID: 38968081, BOARD: generic, EABI: aarch64, DATE: Wed Jan  8 01:49:37 UTC 2025"
)
XAVIER = (
    "# R32 (release), REVISION: 7.1, GCID: 29818004, BOARD: t186ref, EABI: aarch64, DATE: Sat Feb 19 17:07:00 UTC 2022"
)


@LINUX
def test_ubuntu(tmp_path: Path) -> None:
    lay(tmp_path, {"etc/os-release": UBUNTU, "proc/sys/kernel/osrelease": "6.8.0-45-generic\n"})
    found = host.linux({}, root=tmp_path)
    assert (found.os, found.distribution, found.distribution_id) == ("linux", "Ubuntu 22.04.5 LTS", "ubuntu")
    assert (found.distribution_version, found.distribution_like) == ("22.04", ("debian",))
    assert (found.kernel, found.wsl, found.container, found.jetson) == ("6.8.0-45-generic", 0, "", "")


@LINUX
def test_other_quotes_and_another_place(tmp_path: Path) -> None:
    found = host.linux({}, root=lay(tmp_path, {"usr/lib/os-release": ROCKY}))
    assert (found.distribution, found.distribution_version) == ("Rocky Linux", "9.4")
    assert found.distribution_like == ("rhel", "centos", "fedora")


@LINUX
def test_an_empty_machine(tmp_path: Path) -> None:
    found = host.linux({}, executable="/nonexistent/python", root=tmp_path)
    assert (found.distribution, found.glibcxx, found.l4t, found.secure_boot) == (None, None, None, None)
    assert (found.wsl, found.container, found.virtual_machine, found.jetson) == (0, "", "", "")


@LINUX
def test_wsl2_in_docker(tmp_path: Path) -> None:
    lay(tmp_path, {"proc/sys/kernel/osrelease": "5.15.167.4-microsoft-standard-WSL2\n", ".dockerenv": ""})
    found = host.linux({}, root=tmp_path)
    assert (found.wsl, found.container, found.virtual_machine) == (2, "docker", "hyper-v")


@pytest.mark.parametrize(("text", "expected"), [(ORIN, "36.4.3"), (XAVIER, "32.7.1"), ("", None), ("# R (x)", None)])
def test_jetson_release(text: str, expected: str | None) -> None:
    assert host.parse_l4t(text) == expected


@LINUX
def test_jetson(tmp_path: Path) -> None:
    model = "NVIDIA Jetson AGX Orin Developer Kit\0"
    lay(tmp_path, {"etc/nv_tegra_release": ORIN, "proc/device-tree/model": model})
    found = host.linux({}, root=tmp_path)
    assert (found.jetson, found.l4t) == ("NVIDIA Jetson AGX Orin Developer Kit", "36.4.3")


@LINUX
def test_a_container_on_a_jetson_has_no_release_file(tmp_path: Path) -> None:
    lay(tmp_path, {"proc/device-tree/compatible": "nvidia,p3737-0000+p3701-0000\0nvidia,tegra234\0", ".dockerenv": ""})
    found = host.linux({}, root=tmp_path)
    assert (found.jetson, found.l4t) == ("Jetson", None)


@LINUX
def test_a_raspberry_pi_is_no_jetson(tmp_path: Path) -> None:
    tree = {
        "proc/device-tree/model": "Raspberry Pi 5 Model B\0",
        "proc/device-tree/compatible": "raspberrypi,5-model-b\0",
    }
    assert host.linux({}, root=lay(tmp_path, tree)).jetson == ""


VARIABLES = "sys/firmware/efi/efivars"
STATE = f"{VARIABLES}/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"
SHIM = f"{VARIABLES}/MokSBStateRT-605dab50-e046-4300-abb6-3dd810dd8b23"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({STATE: b"\x06\0\0\0\x01"}, True),
        ({STATE: b"\x06\0\0\0\x00"}, False),
        ({STATE: b"\x06\0\0\0\x01", SHIM: b"\x06\0\0\0\x01"}, False),
        ({STATE: b""}, None),
        ({f"{VARIABLES}/Boot0000": b"x"}, None),
        ({"sys/firmware/acpi/x": b""}, False),
        ({}, None),
    ],
)
def test_secure_boot(tmp_path: Path, files: dict[str, bytes], expected: bool | None) -> None:
    assert _firmware.secure_boot(lay(tmp_path, files)) is expected


@LINUX
def test_the_libstdcxx_of_the_conda_environment_wins(tmp_path: Path) -> None:
    system = b"\0GLIBCXX_3.4.9\0GLIBCXX_3.4.28\0"
    conda = b"\0GLIBCXX_3.4\0GLIBCXX_3.4.33\0GLIBCXX_DEBUG_MESSAGE_LENGTH\0"
    lay(tmp_path, {"usr/lib/libstdc++.so.6": system, "env/lib/libstdc++.so.6": conda, "env/conda-meta/history": ""})
    lay(tmp_path, {"env/bin/python3.12": "", "env/bin/python": "-> python3.12", "other/lib/libstdc++.so.6": system})
    lay(tmp_path, {"venv/bin/python": f"-> {tmp_path}/env/bin/python"})
    env = {"LD_LIBRARY_PATH": str(tmp_path / "other/lib")}
    for executable in ("env/bin/python", "venv/bin/python"):
        assert host.linux(env, str(tmp_path / executable), root=tmp_path).glibcxx == "3.4.33"
    assert host.linux(env, "/usr/bin/python3", root=tmp_path).glibcxx == "3.4.28"
    assert host.linux({}, "/usr/bin/python3", root=tmp_path).glibcxx == "3.4.28"


def test_tools(tmp_path: Path) -> None:
    for name in ("apt-get", "docker", "unheard-of"):
        program = Path(f"{name}.exe" if sys.platform == "win32" else name)
        lay(tmp_path, {str(program): "#!/bin/sh\n"})
        (tmp_path / program).chmod(0o755)
    lay(tmp_path, {"conda": "not executable"})
    assert host.tools_on_path({"PATH": str(tmp_path)}) == ("apt-get", "docker")
    assert host.tools_on_path({"PATH": "/nonexistent"}) == ()


WINDOWS_11 = {"ProductName": "Windows 10 Pro", "DisplayVersion": "23H2", "CurrentBuildNumber": "22631", "UBR": 4317}
SERVER = {"ProductName": "Windows Server 2022 Datacenter", "CurrentBuildNumber": "20348", "DisplayVersion": "21H2"}
RUNTIME = {"Version": "v14.38.33135.00", "Installed": 1, "Major": 14}


def windows(version: _windows.Values, bios: _windows.Values) -> host.Host:
    return host.windows(
        version, bios, architecture="x86_64", vc_runtime="", long_paths=False, secure_boot=True, tools=("winget",)
    )


def test_windows_11_calls_itself_10() -> None:
    found = windows(WINDOWS_11, {"SystemManufacturer": "ASUS", "SystemProductName": "ROG"})
    assert (found.os, found.distribution, found.distribution_version) == ("windows", "Windows 11 Pro 23H2", "11")
    assert (found.windows_build, found.virtual_machine, found.libc) == ("22631", "", "")


def test_windows_10_and_server() -> None:
    assert windows({**WINDOWS_11, "CurrentBuildNumber": "19045"}, {}).distribution == "Windows 10 Pro 23H2"
    found = windows(SERVER, {"SystemManufacturer": "Microsoft Corporation", "SystemProductName": "Virtual Machine"})
    assert (found.distribution, found.distribution_version) == ("Windows Server 2022 Datacenter 21H2", "2022")
    assert found.virtual_machine == "hyper-v"
    assert windows({}, {}).windows_build is None


def test_visual_cpp_runtime() -> None:
    older = {"Version": "v14.9.1", "Installed": 1}
    assert _windows.vc_runtime((RUNTIME, {})) == "14.38.33135.00"
    assert _windows.vc_runtime((older, RUNTIME)) == "14.38.33135.00"
    assert _windows.vc_runtime(({**RUNTIME, "Installed": 0},)) == ""
    assert _windows.vc_runtime(()) == ""


def test_visual_cpp_runtime_of_conda(tmp_path: Path) -> None:
    names = ("vc14_runtime-14.40.33810-h3bf8584_20.json", "vs2015_runtime-14.40.33810-h1.json", "vc-14.3-h0.json")
    lay(tmp_path, {"python.exe": "", **{f"conda-meta/{name}": "{}" for name in names}})
    assert host.conda_vc_runtime(str(tmp_path / "python.exe")) == "14.40.33810"
    assert host.conda_vc_runtime("/nonexistent/python.exe") == ""


def test_switches_and_architecture() -> None:
    assert _windows.registry_switch({"LongPathsEnabled": 1}, "LongPathsEnabled") is True
    assert _windows.registry_switch({"LongPathsEnabled": 0}, "LongPathsEnabled") is False
    assert _windows.registry_switch({}, "LongPathsEnabled") is None
    names = [_windows.architecture({"PROCESSOR_ARCHITECTURE": name}) for name in ("AMD64", "ARM64", "x86")]
    assert names == ["x86_64", "arm64", "i686"]


def test_display_adapters() -> None:
    key = {"MatchingDeviceId": r"PCI\VEN_10DE&DEV_2684&SUBSYS_16F3", "DriverDesc": "NVIDIA GeForce RTX 4090"}
    assert _windows.adapter(key) == ("10de", "2684", "NVIDIA GeForce RTX 4090")
    assert _windows.adapter({"MatchingDeviceId": r"root\basicdisplay"}) is None


M2 = "machdep.cpu.brand_string: Apple M2\nhw.optional.arm64: 1\nkern.osrelease: 23.5.0\nhw.model: Mac14,2\n"
X86_64_ONLY = struct.pack("<II", 0xFEEDFACF, 0x01000007)
ARM64_ONLY = struct.pack("<II", 0xFEEDFACF, 0x0100000C)
UNIVERSAL = struct.pack(">II", 0xCAFEBABE, 2)


@pytest.mark.parametrize(
    ("head", "translated", "expected"),
    [
        (ARM64_ONLY, "0", False),
        (X86_64_ONLY, "0", True),
        (UNIVERSAL, "0", False),
        (UNIVERSAL, "1", True),
        (b"", "0", False),
    ],
)
def test_rosetta(head: bytes, translated: str, expected: bool) -> None:
    values = _macos.parse_sysctl(M2 + f"sysctl.proc_translated: {translated}\nkern.hv_vmm_present: 0\n")
    found = host.macos(values, "14.5", head, ())
    assert (found.rosetta, found.architecture, found.distribution) == (expected, "arm64", "macOS 14.5")
    assert (found.virtual_machine, found.kernel) == ("", "23.5.0")


def test_intel_mac_has_no_rosetta() -> None:
    found = host.macos({"machdep.cpu.brand_string": "Intel(R) Core(TM) i9"}, "12.7.6", X86_64_ONLY, ())
    assert (found.rosetta, found.architecture) == (False, "x86_64")


def test_mac_in_a_virtual_machine() -> None:
    values = _macos.parse_sysctl(M2.replace("Mac14,2", "VirtualMac2,1") + "kern.hv_vmm_present: 1\n")
    assert host.macos(values, "14.5", ARM64_ONLY, ()).virtual_machine == "apple"


def test_sw_vers() -> None:
    text = "ProductName:\t\tmacOS\nProductVersion:\t\t14.5\nBuildVersion:\t\t23F79\n"
    assert _macos.parse_sw_vers(text)["ProductVersion"] == "14.5"


def test_this_machine(target: Target) -> None:
    found = host.probe(target)
    assert found.os in ("linux", "macos", "windows")
    assert found.architecture
    assert found.kernel

"""The thin layer that reads Windows' registry, over a stand-in of `winreg` with recorded values."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace

import pytest

from doctor.probes import Absent, _windows, amd, apple, cpu, host, intel
from doctor.target import Target

STATES = {0: "off", 1: "on", 2: "evaluation", 3: ""}
DISPLAY = r"SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}"
REGISTRY: dict[str, dict[str, object]] = {
    _windows.CURRENT_VERSION: {
        "ProductName": "Windows 10 Home",
        "DisplayVersion": "24H2",
        "CurrentBuildNumber": "26100",
        "InstallDate": 1712345678,
        "DigitalProductId": b"\x00\x01",
    },
    _windows.MEMORY_MANAGEMENT: {"PagingFiles": ["?:\\pagefile.sys", "D:\\pagefile.sys 100 100"]},
    _windows.FILE_SYSTEM: {"LongPathsEnabled": 0},
    _windows.APP_CONTROL: {"VerifiedAndReputablePolicyState": 1},
    _windows.SECURE_BOOT: {"UEFISecureBootEnabled": 1},
    _windows.ENVIRONMENT: {"PROCESSOR_ARCHITECTURE": "AMD64"},
    _windows.BIOS: {"SystemManufacturer": "LENOVO", "SystemProductName": "82RG"},
    r"HARDWARE\DESCRIPTION\System\CentralProcessor\0": {"ProcessorNameString": "12th Gen Intel(R) Core(TM) i7-12700H"},
    r"SOFTWARE\Microsoft\VisualStudio\14.0\VC\Runtimes\X64": {"Version": "v14.40.33816.00", "Installed": 1},
    rf"{DISPLAY}\0000": {"MatchingDeviceId": r"PCI\VEN_8086&DEV_46A6", "DriverDesc": "Intel(R) Iris(R) Xe Graphics"},
    rf"{DISPLAY}\0002": {"MatchingDeviceId": r"pci\ven_1002&dev_73ff&rev_c1", "DriverDesc": "AMD Radeon RX 6600"},
}

OF_THE_USER: dict[str, dict[str, object]] = {
    r"SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell": {"ExecutionPolicy": "RemoteSigned"}
}


def stand_in() -> ModuleType:
    module = ModuleType("winreg")

    @contextmanager
    def open_key(root: str, key: str, access: int) -> Iterator[list[tuple[str, object]]]:
        assert access == 0x20119
        known = REGISTRY if root == "HKLM" else OF_THE_USER
        if key not in known:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        yield list(known[key].items())

    vars(module).update(
        HKEY_LOCAL_MACHINE="HKLM",
        HKEY_CURRENT_USER="HKCU",
        KEY_READ=0x20019,
        KEY_WOW64_64KEY=0x100,
        OpenKey=open_key,
        QueryInfoKey=lambda key: (0, len(key), 0),
        EnumValue=lambda key, index: (*key[index], 1),
    )
    return module


@pytest.fixture(autouse=True)
def windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    features = SimpleNamespace(IsProcessorFeaturePresent=lambda number: int(number in (6, 10, 13, 36, 37, 38, 39, 40)))
    monkeypatch.setitem(sys.modules, "winreg", stand_in())
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=features), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    _windows.display_adapters.cache_clear()
    yield
    _windows.display_adapters.cache_clear()


def test_host(target: Target) -> None:
    found = host.probe(target)
    assert (found.os, found.distribution, found.windows_build) == ("windows", "Windows 11 Home 24H2", "26100")
    assert (found.vc_runtime, found.long_paths, found.secure_boot) == ("14.40.33816.00", False, True)
    assert (found.architecture, found.virtual_machine) == ("x86_64", "")
    assert (found.smart_app_control, found.execution_policy) == ("on", "RemoteSigned")


def test_cpu(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpu, "_core_counts", lambda: (20, 14, 20))
    found = cpu.probe(target)
    assert found.model == "12th Gen Intel(R) Core(TM) i7-12700H"
    assert found.flags is not None
    assert found.flags[-1] == "avx2"
    assert (found.logical, found.physical) == (20, 14)


def test_accelerators(target: Target) -> None:
    assert [gpu.name for gpu in amd.probe(target).gpus] == ["AMD Radeon RX 6600"]
    for probe in (intel.probe, apple.probe):
        with pytest.raises(Absent):
            probe(target)


def test_a_key_that_is_not_there() -> None:
    assert _windows.key_values(r"SOFTWARE\Nothing") == {}
    assert _windows.key_values(_windows.FILE_SYSTEM) == {"LongPathsEnabled": 0}
    assert (
        _windows.key_values(_windows.MEMORY_MANAGEMENT)["PagingFiles"] == "?:\\pagefile.sys\nD:\\pagefile.sys 100 100"
    )


@pytest.mark.parametrize(
    ("files", "managed"),
    [
        ("?:\\pagefile.sys", True),
        ("C:\\pagefile.sys 0 0\nD:\\pagefile.sys 800 800", True),
        ("C:\\pagefile.sys 1024 4096", False),
        ("", False),
        (None, None),
    ],
)
def test_page_files(files: str | None, managed: bool | None) -> None:
    assert _windows.page_file_managed({} if files is None else {"PagingFiles": files}) is managed


@pytest.mark.parametrize(("values", "allowed"), [({"LongPathsEnabled": 1}, True), ({"Other": 1}, False), ({}, None)])
def test_long_paths(values: dict[str, int], allowed: bool | None) -> None:
    assert _windows.long_paths(values) is allowed


@pytest.mark.parametrize(("value", "state"), list(STATES.items()))
def test_smart_app_control(value: int, state: str) -> None:
    assert _windows.smart_app_control({"VerifiedAndReputablePolicyState": value}) == state
    assert _windows.smart_app_control({}) == ""


@pytest.mark.parametrize(
    ("of_groups", "process", "own", "policy"),
    [
        (({}, {}), "", ({}, {}), "Restricted"),
        (({}, {}), "", ({"ExecutionPolicy": "Undefined"}, {"ExecutionPolicy": "RemoteSigned"}), "RemoteSigned"),
        (({}, {}), "Bypass", ({"ExecutionPolicy": "Restricted"}, {}), "Bypass"),
        (({"EnableScripts": 1, "ExecutionPolicy": "AllSigned"}, {}), "Bypass", ({}, {}), "AllSigned"),
        (({}, {"EnableScripts": 0}), "Bypass", ({}, {}), "Restricted"),
    ],
)
def test_execution_policy(of_groups, process: str, own, policy: str) -> None:
    assert _windows.execution_policy((*of_groups, *own), process, "Windows 11 Pro") == policy


def test_scripts_of_a_server() -> None:
    assert _windows.execution_policy(({}, {}, {}, {}), "", "Windows Server 2022 Standard") == "RemoteSigned"


@pytest.mark.parametrize(("values", "seconds"), [({}, 2), ({"TdrDelay": 60}, 60), ({"TdrLevel": 0, "TdrDelay": 60}, 0)])
def test_how_long_a_gpu_may_be_silent(values: dict[str, int], seconds: int) -> None:
    assert _windows.gpu_timeout_s(values) == seconds


@pytest.mark.parametrize(("values", "scheduled"), [({}, None), ({"HwSchMode": 1}, False), ({"HwSchMode": 2}, True)])
def test_whether_the_gpu_schedules_its_own_work(values: dict[str, int], scheduled: bool | None) -> None:
    assert _windows.gpu_scheduling(values) is scheduled

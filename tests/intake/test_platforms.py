from __future__ import annotations

import pytest

from doctor.intake import platforms


@pytest.mark.parametrize(
    ("text", "os", "distribution", "version"),
    [
        ("Ubuntu 22.04.3 LTS (x86_64)", "linux", "ubuntu", "22.04"),
        ("Ubuntu20.04", "linux", "ubuntu", "20.04"),
        ("Microsoft Windows 11 家庭中文版", "windows", "windows", "11"),
        ("Microsoft Windows 11 Enterprise (10.0.22631 64-bit)", "windows", "windows", "11"),
        ("Mac OSX 10.13.6", "macos", "macos", "10.13.6"),
        ("macOS 15.5 (arm64)", "macos", "macos", "15.5"),
        ("CentOS Linux 7 (Core) (x86_64)", "linux", "centos", "7"),
        ("Pop!_OS 22.04 LTS", "linux", "pop", "22.04"),
        ("Pop OS 22.04", "linux", "pop", "22.04"),
        ("windows11", "windows", "windows", "11"),
        ("WIN 11", "windows", "windows", "11"),
        ("Alpine Linux v3.12", "linux", "alpine", "3.12"),
        ("Gentoo Linux", "linux", "gentoo", None),
        ("Could not collect", None, None, None),
    ],
)
def test_operating_systems(text: str, os: str | None, distribution: str | None, version: str | None):
    host = platforms.host_of_os(text)
    assert (host.os, host.distribution_id, host.distribution_version) == (os, distribution, version)


def test_wsl_is_told_in_any_case():
    assert platforms.host_of_os("Linux (wsl 1)").wsl == 1
    assert platforms.host_of_os("Ubuntu 22.04 (WSL2)").wsl == 2


def test_alpine_has_musl():
    assert platforms.host_of_os("Alpine Linux v3.12").libc == "musl"


@pytest.mark.parametrize(
    ("text", "kernel", "architecture", "libc", "wsl"),
    [
        ("Linux-6.2.0-32-generic-x86_64-with-glibc2.35", "6.2.0-32-generic", "x86_64", "2.35", 0),
        (
            "Linux-5.15.153.1-microsoft-standard-WSL2-x86_64-with-glibc2.39",
            "5.15.153.1-microsoft-standard-WSL2",
            "x86_64",
            "2.39",
            2,
        ),
        ("Linux-4.4.0-19041-Microsoft-x86_64-with-glibc2.29", "4.4.0-19041-Microsoft", "x86_64", "2.29", 1),
        (
            "Linux-5.10.223-212.873.amzn2.x86_64-x86_64-with-glibc2.35",
            "5.10.223-212.873.amzn2.x86_64",
            "x86_64",
            "2.35",
            0,
        ),
        ("Linux-5.10.120-tegra-aarch64-with-glibc2.29", "5.10.120-tegra", "aarch64", "2.29", 0),
        ("Linux-6.1.80-riscv64-with-glibc2.37", "6.1.80", "riscv64", "2.37", 0),
    ],
)
def test_linux_platforms(text: str, kernel: str, architecture: str, libc: str, wsl: int):
    host = platforms.host_of_platform(text)
    assert (host.kernel, host.architecture, host.libc_version, host.wsl) == (kernel, architecture, libc, wsl)


@pytest.mark.parametrize(
    "end", ["with-Ubuntu-18.04-bionic", "with-centos-7.6.1810-Core", "with-debian-buster-sid", "with-debian-9.0"]
)
def test_a_distribution_at_the_end_is_no_libc(end: str):
    host = platforms.host_of_platform(f"Linux-4.15.0-76-generic-x86_64-{end}")
    assert (host.kernel, host.libc, host.libc_version) == ("4.15.0-76-generic", None, None)


@pytest.mark.parametrize(
    ("text", "name", "kernel"),
    [
        ("Fedora Linux 40 (kernel 6.8.5-301.fc40)", "Fedora Linux 40", "6.8.5-301.fc40"),
        ("Debian 12, kernel: 6.1.0-18-amd64", "Debian 12", "6.1.0-18-amd64"),
        ("Rocky Linux 9.3", "Rocky Linux 9.3", None),
    ],
)
def test_the_kernel_beside_the_system(text: str, name: str, kernel: str | None):
    host = platforms.host_of_os(text)
    assert (host.distribution, host.kernel) == (name, kernel)


def test_windows_11_calls_itself_10():
    host = platforms.host_of_platform("Windows-10-10.0.22631-SP0")
    assert (host.distribution_version, host.windows_build) == ("11", "22631")
    assert platforms.host_of_platform("Windows-10-10.0.19041-SP0").distribution_version == "10"


def test_macos_platform():
    host = platforms.host_of_platform("macOS-12.7.6-arm64-arm-64bit")
    assert (host.os, host.distribution_version, host.architecture) == ("macos", "12.7.6", "arm64")


@pytest.mark.parametrize(
    ("text", "version", "bits"),
    [
        ("3.10.12 (main, Nov 20 2023, 15:14:05) [GCC 11.4.0] (64-bit runtime)", "3.10.12", 64),
        ("3.7 (32-bit runtime)", "3.7", 32),
        ("python3.6", "3.6", None),
        ("3.5 (anaconda3)", "3.5", None),
        ("3.15.0b1", "3.15.0b1", None),
    ],
)
def test_pythons(text: str, version: str, bits: int | None):
    python = platforms.python_of(text)
    assert python is not None
    assert (python.version, python.bits) == (version, bits)


def test_no_python():
    assert platforms.python_of("Could not collect") is None


@pytest.mark.parametrize(
    ("text", "kernel", "libc"),
    [
        ("Debian 12, kernel 6.1.0-30-amd64, glibc 2.36", "6.1.0-30-amd64", "2.36"),
        ("Ubuntu 24.04 LTS (GNU/Linux 6.8.0-45-generic x86_64)", "6.8.0-45-generic", None),
        ("Ubuntu 24.04", None, None),
    ],
)
def test_an_answer_may_tell_the_kernel_and_the_c_library_too(text: str, kernel: str | None, libc: str | None):
    host = platforms.host_of_os(text)
    assert (host.kernel, host.libc_version) == (kernel, libc)

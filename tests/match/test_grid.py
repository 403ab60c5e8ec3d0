"""`match` over a grid of machines and wishes, judged by the brute-force implementation beside it."""

from __future__ import annotations

import itertools

import pytest

from doctor.match import Device, Machine, Wish, match
from tests.match import brute_force as brute

PLATFORMS = (("linux", "x86_64"), ("linux", "aarch64"), ("windows", "x86_64"))
PYTHONS = ("3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15", "3.13t", "3.14t")
LINUX_DRIVERS = ("450.80.02", "470.42.01", "520.61.05", "525.60.13", "550.54.14", "580.65.06", "610.43.02")
WINDOWS_DRIVERS = ("452.39", "472.12", "522.06", "528.33", "551.61", "581.15", "610.62")
CAPABILITIES = (
    *("3.0", "3.5", "3.7", "5.0", "5.2", "6.0", "6.1", "7.0", "7.5"),
    *("8.0", "8.6", "8.7", "8.9", "9.0", "10.0", "10.3", "11.0", "12.0", "12.1"),
)
WISHES = ("", ">=2.4,<2.7", ">=2.8", "<2", "==2.10.*")


def machine(os: str, arch: str, python: str, driver: str | None, capability: str, glibc: str = "") -> Machine:
    return Machine(
        os=os,
        arch=arch,
        python=python.rstrip("t"),
        free_threaded=python.endswith("t"),
        driver=driver,
        devices=(Device("cuda", "NVIDIA GPU", capability),),
        libc="glibc" if glibc else "",
        glibc=glibc,
    )


def grid(os: str, arch: str) -> list[tuple[str, str | None, str, str]]:
    """Every second point; the platforms take turns, and no axis has an even number of points."""
    drivers = WINDOWS_DRIVERS if os == "windows" else LINUX_DRIVERS
    points = itertools.product(PYTHONS, drivers, CAPABILITIES, WISHES)
    return list(itertools.islice(points, PLATFORMS.index((os, arch)) % 2, None, 2))


def test_the_grid_is_as_large_as_promised() -> None:
    assert sum(len(grid(*platform)) for platform in PLATFORMS) >= 10_000


@pytest.mark.heavy
@pytest.mark.parametrize(("os", "arch"), PLATFORMS)
def test_no_choice_breaks_a_row_and_none_better_is_missed(os: str, arch: str) -> None:
    platform = f"{os}-{arch}"
    for python, driver, capability, wish in grid(os, arch):
        found = match(machine(os, arch, python, driver, capability), Wish(torch=wish)).choice
        chosen = (found.torch, found.build) if found else None
        assert chosen == expected(platform, python, driver, capability, wish), (python, driver, capability, wish)


@pytest.mark.parametrize("glibc", ["2.17", "2.27", "2.28", "2.35"])
@pytest.mark.parametrize("capability", ["6.1", "8.0", "12.0"])
@pytest.mark.parametrize("python", ["3.9", "3.12"])
def test_glibc_narrows_as_the_brute_force_says(glibc: str, capability: str, python: str) -> None:
    found = match(machine("linux", "x86_64", python, None, capability, glibc)).choice
    chosen = (found.torch, found.build) if found else None
    assert chosen == brute.best("linux-x86_64", python, None, capability, glibc=glibc)


def expected(platform: str, python: str, driver: str | None, capability: str, wish: str) -> tuple[str, str] | None:
    """A GPU that no build ever served is left out, and the CPU is what remains."""
    if brute.ever_supported(platform, capability):
        return brute.best(platform, python, driver, capability, wish)
    torch = brute.best_cpu(platform, python, wish)
    return (torch, "cpu") if torch else None

"""From which version on something holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import doctor
from doctor import catalog
from doctor.catalog import Version, floors


@pytest.mark.parametrize(
    ("torch", "platform", "glibc"),
    [
        ("2.6.0", "linux-x86_64", "2.17"),
        ("2.6.0", "linux-aarch64", "2.28"),
        ("2.7.0", "linux-x86_64", "2.28"),
        ("2.8.9", "linux-x86_64", "2.28"),
        ("0.4.1", "linux-x86_64", "2.17"),
        ("1.4.0", "linux-aarch64", "2.17"),
        ("2.7.0", "linux-ppc64le", ""),
        ("2.7.0", "windows-x86_64", ""),
    ],
)
def test_glibc(torch: str, platform: str, glibc: str) -> None:
    assert floors.glibc(Version.of(torch), platform) == glibc


def test_libstdcpp() -> None:
    assert floors.glibcxx(Version.of("2.6.0")) == "3.4.19"
    assert floors.glibcxx(Version.of("2.7.0")) == "3.4.24"


def test_every_glibc_of_a_wheel_has_its_libstdcpp() -> None:
    assert all(floors.glibcxx(Version.of(row.torch)) for row in catalog.all_releases())


def test_numpy_and_triton() -> None:
    assert floors.first_with_numpy2("linux") == "2.3.0"
    assert floors.first_with_numpy2("windows") == "2.4.1"
    assert floors.first_with_triton() == "2.0.0"


def test_the_first_toolkit_of_a_gpu() -> None:
    assert floors.first_toolkit("8.9") == "11.8"
    assert floors.first_toolkit("3.5") == floors.first_toolkit(None) == ""


def test_the_first_gcc_that_an_nvcc_refuses() -> None:
    assert floors.first_refused_gcc("11.8") == "12"
    assert floors.first_refused_gcc("99.9") == ""


_FAMILIES = ("GLIBCXX beside ", "nvcc ", "first gcc ", "Jetson Linux of ")  # asked for by questions of their own


def test_the_jetson_linux_of_a_jetpack() -> None:
    assert [floors.jetson_linux(jetpack) for jetpack in "45673"] == ["32", "35", "36", "38", ""]


def test_the_limits_are_those_that_are_asked_for() -> None:
    sources = Path(doctor.__file__).parent.joinpath("rules").rglob("*.py")
    asked = {name for file in sources for name in re.findall(r'\bfloors\.limit\("([^"]+)"\)', file.read_text("utf-8"))}
    by_rule = {name for name in floors.limits() if not name.startswith(_FAMILIES)}
    assert asked == by_rule
    assert all(Version.of(version) for version in floors.limits().values())


@pytest.mark.parametrize(
    ("cuda", "capability", "possible"),
    [
        ("12.4", "12.0", False),
        ("12.8", "12.1", True),
        ("11.1", "8.9", True),
        ("10.2", "8.0", False),
        ("11.7", "9.0", False),
        ("12.9", "7.0", True),
        ("13.0", "7.0", False),
        ("13.0", "7.5", True),
        ("12.0", "3.7", False),
        ("11.8", "3.7", True),
        ("", "12.0", True),
        ("12.4", "", True),
    ],
)
def test_what_the_compiler_of_a_cuda_can_make_code_for(cuda: str, capability: str, possible: bool) -> None:
    assert floors.can_compile(cuda, capability) is possible

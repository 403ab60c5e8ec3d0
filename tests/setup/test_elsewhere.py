"""Platforms that a lock is for without being on them."""

from __future__ import annotations

import subprocess

import msgspec
import pytest

from doctor import catalog
from doctor.model import DoctorError
from doctor.setup import elsewhere, select
from doctor.setup.contract import LockedBuild
from doctor.setup.elsewhere import machine_named, name_of, target
from doctor.setup.tools import Installer
from tests.surroundings import unavailable, uv

PLATFORMS = ("linux", "linux-aarch64", "windows", "windows-aarch64", "macos", "macos-x86_64")


@pytest.mark.parametrize(
    ("platform", "name"),
    [
        ("linux", "linux"),
        ("linux-aarch64", "linux-aarch64"),
        ("windows", "windows"),
        ("macos", "macos"),
        ("macos-x86_64", "macos-x86-64"),
    ],
)
def test_names(platform: str, name: str) -> None:
    assert name_of(machine_named(platform, "3.12")) == name


def test_nothing_older_is_asked_for_than_torch_runs_on() -> None:
    newest = catalog.all_releases()[0]
    mac = newest.wheel("macos-arm64")
    assert mac and target(machine_named("macos", "3.12"), newest.torch).variables == {
        "MACOSX_DEPLOYMENT_TARGET": mac.macos
    }
    old = target(machine_named("linux", "3.9"), "2.0.1")  # its wheel asks for less, but today's packages do not
    assert (old.glibc, old.platform, old.variables) == ("2.28", "x86_64-manylinux_2_28", {})


@pytest.mark.parametrize("platform", PLATFORMS)
def test_uv_knows_the_name(platform: str) -> None:
    program = uv() or unavailable("uv is not installed: it is one of the development dependencies")
    words = target(machine_named(platform, "3.12"), catalog.all_releases()[0].torch).words
    argv = [program, "pip", "compile", "-", *words, "--offline", "--no-header", "--quiet"]
    done = subprocess.run(argv, input="", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_build_that_an_environment_is_compared_with() -> None:
    linux = LockedBuild(
        name="cu126-linux", file="x", torch="2.9.0+cu126", os="linux", arch="x86_64", python="3.12", device="cuda"
    )
    rows = [
        msgspec.structs.replace(linux, name="cu126-windows", os="windows"),
        linux,
        msgspec.structs.replace(linux, name="cpu-linux", torch="2.9.0+cpu", device="cpu"),
        msgspec.structs.replace(linux, name="old", torch="2.8.0+cu126"),
    ]
    pinned = [select.Pinned(row, row.name, ()) for row in rows]

    def nearest(torch: str, system: str = "", python: str = "") -> str:
        return select.nearest(pinned, torch, system, python).file

    assert nearest("2.9.0+cu126", "linux", "3.12") == "cu126-linux"
    assert nearest("2.9.0+cpu", "linux", "3.12") == "cpu-linux"
    assert nearest("2.9.0+cu126", "windows") == "cu126-windows"
    assert nearest("2.8.0+cu126", "linux") == "old"
    assert nearest("2.9.0", "linux") == "cu126-linux"
    assert nearest("") == "cu126-windows"


def test_who_cannot_be_asked() -> None:
    with_uv, pip = Installer("uv", ("uv",)), Installer("pip", ("pip",))
    elsewhere.check(with_uv, machine_named("windows", "3.13"))
    with pytest.raises(DoctorError, match="only uv"):
        elsewhere.check(pip, machine_named("windows", "3.13"))
    with pytest.raises(DoctorError, match="a Python with the GIL"):
        elsewhere.check(with_uv, machine_named("windows", "3.13t"))

"""Drivers for the GPUs that a host has, and their libraries where a container or WSL has them from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from doctor.facts import Facts, Gpu, Host, Nvidia, Python
from doctor.model import Remedy, ok
from doctor.remedy import prescribe
from doctor.remedy.actions import Driver, DriverLibraries, Install

KEPLER, PASCAL, ADA = Gpu("Tesla K80"), Gpu("NVIDIA GeForce GTX 1080"), Gpu("NVIDIA GeForce RTX 4090")
DEBIAN = Host(os="linux", distribution_id="debian", distribution_version="12", container="", wsl=0)
UBUNTU = Host(os="linux", distribution_id="ubuntu", distribution_version="24.04", container="", wsl=0)


@dataclass
class On:
    """A host with GPUs, to be advised."""

    host: Host
    gpus: tuple[Gpu, ...] = ()

    def driver(self, at_least: str = "") -> tuple[Remedy, ...]:
        facts = Facts(host=ok(self.host), nvidia=ok(Nvidia(driver_version="470.256.02", gpus=self.gpus)))
        return prescribe((Driver(at_least=at_least),), facts)


@pytest.mark.parametrize("host", [UBUNTU, DEBIAN, Host(os="windows"), Host(os="linux", wsl=2)], ids=str)
def test_no_driver_after_the_last_one_of_the_generation(host: Host) -> None:
    assert On(host, (KEPLER,)).driver("525.60.13") == ()
    assert On(host, (PASCAL,)).driver("590.44.01") == ()
    assert len(On(host, (PASCAL,)).driver("580")) == 1
    assert len(On(host, (KEPLER, ADA)).driver("525.60.13")) == 1  # the other GPU has one
    assert len(On(host, (Gpu("Device 66a1"),)).driver("525.60.13")) == 1


def test_the_last_branch_is_named_where_the_newest_driver_knows_the_gpu_no_more() -> None:
    (remedy,) = On(Host(os="windows"), (KEPLER,)).driver()
    assert "branch 470" in remedy.title
    assert "branch" not in On(Host(os="windows"), (ADA,)).driver()[0].title


def test_a_host_that_nobody_told_of_gets_nvidias_page() -> None:
    (remedy,) = prescribe((Driver(at_least="580"),), Facts())
    assert remedy.title == "Install the NVIDIA driver, version 580 or newer: https://www.nvidia.com/en-us/drivers/"
    assert remedy.commands == ()


def test_packages_with_a_newer_driver_than_the_last_one_of_the_gpu_are_not_offered() -> None:
    assert On(DEBIAN, (KEPLER,)).driver()[0].commands == ()
    assert any("nvidia-driver" in argv for argv in On(DEBIAN, (PASCAL,)).driver()[0].commands)
    assert ("sudo", "ubuntu-drivers", "install") in On(UBUNTU, (KEPLER,)).driver()[0].commands


@pytest.mark.parametrize(
    ("host", "command"),
    [
        (UBUNTU, ("sudo", "apt-get", "install", "-y", "libnvidia-compute-580")),
        (Host(os="linux", wsl=2, distribution_id="ubuntu"), ("sudo", "ldconfig")),
        (
            Host(os="linux", container="docker"),
            ("docker", "run", "--gpus", "all", "-e", "NVIDIA_DRIVER_CAPABILITIES=compute,utility", "IMAGE"),
        ),
        (Host(os="linux", container="kubernetes"), None),
    ],
)
def test_the_drivers_libraries(host: Host, command: tuple[str, ...] | None) -> None:
    facts = Facts(host=ok(host), nvidia=ok(Nvidia(driver_version="580.95.05")))
    (remedy,) = prescribe((DriverLibraries(),), facts)
    assert remedy.commands == ((command,) if command else ())


def test_variables_for_a_build() -> None:
    build = Install(requirements=("EXTENSION",), set=(("TORCH_CUDA_ARCH_LIST", "8.9"),))
    python = ok(Python(executable="/env/bin/python", pip_version="25.3"))
    (remedy,) = prescribe((build,), Facts(host=ok(UBUNTU), python=python))
    assert remedy.commands == (
        ("env", "TORCH_CUDA_ARCH_LIST=8.9", "/env/bin/python", "-m", "pip", "install", "EXTENSION"),
    )
    (remedy,) = prescribe((build,), Facts(host=ok(Host(os="windows")), python=python))
    assert remedy.commands == (("/env/bin/python", "-m", "pip", "install", "EXTENSION"),)
    assert "set TORCH_CUDA_ARCH_LIST=8.9" in remedy.title

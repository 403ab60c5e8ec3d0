"""The age of the catalog is said where it matters, and nowhere else."""

from __future__ import annotations

import pytest

from doctor import catalog
from doctor.match import Device, Machine, Wish, match
from doctor.match.flags import MachineFlags, machine_from
from doctor.model import DoctorError

ADA = Device("cuda", "RTX 4090", "8.9")
NEXT = Device("cuda", "RTX 9090", "19.0")


def linux(driver: str = "580.65.06", device: Device = ADA, python: str = "3.12") -> Machine:
    return Machine(os="linux", arch="x86_64", python=python, driver=driver, devices=(device,))


def said(machine: Machine, torch: str = "") -> list[str]:
    return [note for note in match(machine, Wish(torch=torch)).notes if "as of" in note]


@pytest.mark.parametrize("torch", ["==9.1.0", "==9.*", ">=9", "~=9.1"])
def test_a_wish_beyond_the_newest_release(torch: str) -> None:
    (note,) = said(linux(), torch)
    assert catalog.releases().as_of in note and "match --refresh" in note


@pytest.mark.parametrize("torch", ["", "<9", ">=2.4,<9", "==2.9.1", "!=9.0"])
def test_a_wish_that_the_catalog_reaches(torch: str) -> None:
    assert not said(linux(), torch)


def test_a_driver_a_gpu_and_a_python_of_later() -> None:
    (driver,) = said(linux(driver="999.10"))
    assert "Driver 999.10" in driver and catalog.drivers().as_of in driver
    assert any("RTX 9090 (19.0)" in note for note in said(linux(device=NEXT)))
    (python,) = said(linux(python="3.19"))
    assert "match --refresh" in python
    assert not said(linux(python="3.7"))


def test_the_newest_branch_has_several_numbers_on_windows() -> None:
    windows = Machine(os="windows", arch="x86_64", python="3.12", driver="617.10", devices=(ADA,))
    assert not said(windows)


def test_a_gpu_that_nobody_knows_by_name() -> None:
    with pytest.raises(DoctorError) as raised:
        machine_from(MachineFlags(os="linux", gpus=("RTX 9090",)), "linux", "x86_64")
    assert catalog.gpus().as_of in raised.value.hint

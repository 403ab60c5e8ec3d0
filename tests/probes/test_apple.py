"""Apple's chip and macOS."""

from __future__ import annotations

import sys

import pytest

from doctor.probes import Absent, apple
from doctor.target import Target


def test_a_mac() -> None:
    found = apple.mac({"machdep.cpu.brand_string": "Apple M3 Max", "kern.hv_vmm_present": "0"}, "15.1")
    assert (found.chip, found.macos, found.in_virtual_machine) == ("Apple M3 Max", "15.1", False)


def test_a_mac_in_a_virtual_machine() -> None:
    assert apple.mac({"kern.hv_vmm_present": "1"}, "").in_virtual_machine is True
    assert apple.mac({}, "").in_virtual_machine is None


@pytest.mark.skipif(sys.platform == "darwin", reason="elsewhere than on a Mac")
def test_not_a_mac(target: Target) -> None:
    with pytest.raises(Absent):
        apple.probe(target)

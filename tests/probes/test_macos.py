"""The thin layer that asks macOS, over recorded answers of its programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from doctor.probes import _macos, apple, cpu, host
from doctor.process import ProcessResult
from doctor.target import Target

SYSCTL = """machdep.cpu.brand_string: Apple M2 Pro
hw.optional.arm64: 1
hw.optional.neon: 1
hw.optional.arm.FEAT_BF16: 1
hw.physicalcpu: 10
hw.logicalcpu: 10
hw.model: Mac14,9
sysctl.proc_translated: 0
kern.hv_vmm_present: 0
kern.osrelease: 23.5.0
"""
SW_VERS = "ProductName:\t\tmacOS\nProductVersion:\t\t14.5\nBuildVersion:\t\t23F79\n"


@pytest.fixture(autouse=True)
def mac(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def answer(argv: list[str], **_: object) -> ProcessResult:
        # sysctl ends with 1 because Apple silicon has no machdep.cpu.features, and tells the rest all the same
        return ProcessResult(tuple(argv), 1, stdout={"sysctl": SYSCTL, "sw_vers": SW_VERS}[argv[0].rpartition("/")[2]])

    monkeypatch.setattr(_macos, "run", answer)
    monkeypatch.setattr(sys, "platform", "darwin")
    _macos.sysctl.cache_clear()
    _macos.version.cache_clear()
    yield
    _macos.sysctl.cache_clear()
    _macos.version.cache_clear()


def test_host(target: Target) -> None:
    found = host.probe(target)
    assert (found.os, found.distribution, found.kernel) == ("macos", "macOS 14.5", "23.5.0")
    assert (found.architecture, found.rosetta, found.virtual_machine) == ("arm64", False, "")


def test_cpu(target: Target) -> None:
    found = cpu.probe(target)
    assert (found.model, found.logical, found.physical) == ("Apple M2 Pro", 10, 10)
    assert found.flags is not None
    assert {"neon", "bf16"} <= set(found.flags)


def test_apple(target: Target) -> None:
    found = apple.probe(target)
    assert (found.chip, found.macos, found.in_virtual_machine) == ("Apple M2 Pro", "14.5", False)

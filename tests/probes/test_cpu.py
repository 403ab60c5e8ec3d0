"""The processor, from /proc/cpuinfo of several architectures, macOS sysctl and the Windows registry."""

from __future__ import annotations

from pathlib import Path

import pytest

from doctor.probes import _macos, _windows, cpu
from doctor.target import Target
from tests.probes.trees import lay
from tests.surroundings import LINUX

X86 = """processor\t: {n}
vendor_id\t: GenuineIntel
model name\t: Intel(R) Xeon(R)  CPU @ 2.20GHz
physical id\t: 0
core id\t\t: {core}
flags\t\t: fpu sse sse2 ssse3 sse4_1 sse4_2 avx avx2{more} hypervisor

"""
ARM = """processor\t: {n}
BogoMIPS\t: 62.50
Features\t: fp asimd evtstrm aes asimddp sve bf16
CPU implementer\t: 0x41
CPU architecture: 8
CPU part\t: {part}

"""
POWER = "processor\t: 0\ncpu\t\t: POWER9, altivec supported\nclock\t\t: 3800.000000MHz\n\nplatform\t: PowerNV\n"


def test_x86_with_two_threads_a_core(tmp_path: Path) -> None:
    text = "".join(X86.format(n=n, core=n // 2, more=" avx512f") for n in range(4))
    found = cpu.linux(lay(tmp_path, {"proc/cpuinfo": text}), affinity=3)
    assert found.model == "Intel(R) Xeon(R) CPU @ 2.20GHz"
    assert (found.logical, found.physical, found.affinity) == (4, 2, 3)
    assert found.flags is not None
    assert {"avx", "avx2", "avx512f", "sse4_1"} <= set(found.flags)


def test_only_flags_of_every_core_count(tmp_path: Path) -> None:
    text = X86.format(n=0, core=0, more=" avx512f") + X86.format(n=1, core=1, more="")
    found = cpu.linux(lay(tmp_path, {"proc/cpuinfo": text}))
    assert found.flags is not None
    assert "avx512f" not in found.flags
    assert "avx2" in found.flags


@pytest.mark.parametrize(
    ("parts", "model"),
    [
        (["0xd0c", "0xd0c"], "ARM Neoverse-N1"),
        (["0xd87", "0xd85"], "ARM Cortex-A725 + ARM Cortex-X925"),
        (["0xfff"], "ARM implementer 0x41 part 0xfff"),
    ],
)
def test_arm_calls_them_features(tmp_path: Path, parts: list[str], model: str) -> None:
    text = "".join(ARM.format(n=n, part=part) for n, part in enumerate(parts))
    found = cpu.linux(lay(tmp_path, {"proc/cpuinfo": text}))
    assert found.model == model
    assert found.flags is not None
    assert {"asimd", "sve", "bf16"} <= set(found.flags)
    assert found.logical == len(parts)


def test_power(tmp_path: Path) -> None:
    found = cpu.linux(lay(tmp_path, {"proc/cpuinfo": POWER}))
    assert found.model == "POWER9, altivec supported"
    assert found.flags is None


@LINUX
def test_topology_in_sysfs_counts_cores(tmp_path: Path) -> None:
    siblings = {0: "0,4", 1: "1,5", 4: "0,4", 5: "1,5"}
    files = {f"sys/devices/system/cpu/cpu{n}/topology/core_cpus_list": f"{text}\n" for n, text in siblings.items()}
    found = cpu.linux(lay(tmp_path, {**files, "sys/devices/system/cpu/online": "0-1,4-5\n"}))
    assert (found.logical, found.physical) == (4, 2)


@pytest.mark.parametrize("text", ["", "\n\n\n", "no colon", "processor", ": :\n:"])
def test_strange_cpuinfo(tmp_path: Path, text: str) -> None:
    found = cpu.linux(lay(tmp_path, {"proc/cpuinfo": text}))
    assert (found.model, found.flags, found.physical) == (None, None, None)


def test_quota(tmp_path: Path) -> None:
    mount = "29 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"
    lay(tmp_path, {"proc/self/mountinfo": mount, "sys/fs/cgroup/cpu.max": "150000 100000"})
    assert cpu.linux(tmp_path).quota_cores == 1.5


INTEL_MAC = """machdep.cpu.brand_string: Intel(R) Core(TM) i9-9880H CPU @ 2.30GHz
machdep.cpu.features: FPU VME SSE SSE2 SSSE3 SSE4.1 SSE4.2 AVX1.0 RDRAND F16C
machdep.cpu.leaf7_features: RDWRFSGS BMI1 AVX2 SMEP BMI2 ADX
hw.optional.avx1_0: 1
hw.optional.avx512f: 0
hw.physicalcpu: 8
hw.logicalcpu: 16
"""


def test_intel_mac() -> None:
    found = _macos.cpu(_macos.parse_sysctl(INTEL_MAC))
    assert found.model == "Intel(R) Core(TM) i9-9880H CPU @ 2.30GHz"
    assert (found.logical, found.physical) == (16, 8)
    assert found.flags is not None
    assert {"sse4_1", "avx", "avx2"} <= set(found.flags)
    assert not {"avx512f", "avx1_0"} & set(found.flags)


def test_apple_silicon() -> None:
    text = "machdep.cpu.brand_string: Apple M2 Pro\nhw.optional.neon: 1\nhw.optional.arm.FEAT_BF16: 1\n"
    found = _macos.cpu(_macos.parse_sysctl(text))
    assert found.model == "Apple M2 Pro"
    assert found.flags == ("neon", "bf16")


def test_windows() -> None:
    values = {"ProcessorNameString": "AMD Ryzen 9 7950X 16-Core Processor            "}
    found = _windows.cpu(values, frozenset({6, 10, 36, 37, 38, 39, 40}), 32, 16, 32)
    assert found.model == "AMD Ryzen 9 7950X 16-Core Processor"
    assert found.flags == ("sse", "sse2", "ssse3", "sse4_1", "sse4_2", "avx", "avx2")
    assert (found.logical, found.physical, found.affinity) == (32, 16, 32)


def test_an_old_windows_that_does_not_know_avx_does_not_deny_it() -> None:
    assert _windows.cpu({}, frozenset({6, 10, 13}), 4, 4, 4).flags is None


def test_this_machine(target: Target) -> None:
    found = cpu.probe(target)
    assert found.logical
    assert found.affinity is None or found.affinity <= found.logical

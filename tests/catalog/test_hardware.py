"""Processors and machines by name."""

from __future__ import annotations

import pytest

from doctor.catalog import machine_in, processor_without_avx
from doctor.catalog.system import kind_of_wheel


@pytest.mark.parametrize(
    ("model", "has_sse4_1"),
    [
        ("AMD Athlon(tm) II X4 635 Processor", False),
        ("AMD Phenom(tm) II X6 1055T Processor", False),
        ("Quad-Core AMD Opteron(tm) Processor 2384", False),
        ("AMD Opteron(tm) Processor 6172", False),
        ("AMD E-450 APU with Radeon(tm) HD Graphics", False),
        ("AMD A6-3650 APU with Radeon(tm) HD Graphics", False),
        ("Intel(R) Core(TM)2 Quad CPU    Q6700  @ 2.66GHz", False),
        ("Intel(R) Core(TM)2 Duo CPU     E8500  @ 3.16GHz", True),
        ("Core 2 Duo P7550", True),
        ("Pentium(R) Dual-Core  CPU      E5400  @ 2.70GHz", False),
        ("Intel(R) Pentium(R) CPU G4400 @ 3.30GHz", True),
        ("Intel(R) Pentium(R) Gold G6405 CPU @ 4.10GHz", True),
        ("Intel(R) Celeron(R) J4105 CPU @ 1.50GHz", True),
        ("Intel(R) Celeron(R) 2955U @ 1.40GHz", True),
        ("Intel(R) Atom(TM) CPU N450   @ 1.66GHz", False),
        ("Intel(R) Atom(TM) CPU C2758  @ 2.40GHz", True),
        ("Intel(R) Xeon(R) CPU           X5675  @ 3.07GHz", True),
        ("Intel(R) Xeon(R) CPU E7- 4830  @ 2.13GHz", True),
        ("Intel(R) Core(TM) i7 CPU         930  @ 2.80GHz", True),
        ("Intel(R) Core(TM) i5 CPU       M 460  @ 2.53GHz", True),
        ("Common KVM processor", False),
    ],
)
def test_processors_without_avx(model: str, has_sse4_1: bool) -> None:
    family = processor_without_avx(model)
    assert family is not None
    assert ("sse4_1" in family.flags) is has_sse4_1
    assert "sse2" in family.flags and not any(flag.startswith("avx") for flag in family.flags)


@pytest.mark.parametrize(
    "model",
    [
        *("AMD FX(tm)-6300 Six-Core Processor", "AMD A8-7650K Radeon R7", "AMD Athlon(tm) X4 860K Quad Core Processor"),
        *("AMD Athlon 3000G with Radeon Vega Graphics", "AMD Opteron(tm) Processor 6272", "AMD E1-2500 APU"),
        *(
            "Intel(R) Core(TM) i5-2400 CPU @ 3.10GHz",
            "13th Gen Intel(R) Core(TM) i5-13600K",
            "Intel(R) Core(TM) i3-N305",
        ),
        *("Intel(R) Pentium(R) Gold 7505 @ 2.00GHz", "Intel(R) Pentium(R) Gold G7400", "Intel(R) Celeron(R) G6900"),
        *("Intel(R) N100", "Intel(R) Atom(TM) x7425E", "Intel(R) Pentium(R) CPU D1517 @ 1.60GHz"),
        *("Intel(R) Xeon(R) CPU E5-2620 0 @ 2.00GHz", "Intel(R) Xeon(R) CPU E7-4850 v2 @ 2.30GHz", "Xeon 5218"),
        *("Intel(R) Xeon(R) Gold 5318Y CPU @ 2.10GHz", "QEMU Virtual CPU version 2.5+", "Apple M2", ""),
    ],
)
def test_others_are_not_named(model: str) -> None:
    assert processor_without_avx(model) is None


def test_machines_by_name() -> None:
    found = machine_in("runs on a p5en.48xlarge in us-east-1")
    assert found is not None
    assert (found[0].gpu, found[0].count, found[1]) == ("NVIDIA H200", 8, "p5en.48xlarge")
    assert machine_in("m5.large") is None
    assert machine_in("xg5.xlarge") is None


def test_wheels_by_size() -> None:
    assert [kind_of_wheel(size) for size in (20e6, 90e6, 242e6, 300e6, 420e6, 2.5e9, 4.5e9)] == [
        *("", "cpu", "cpu", "", "cuda", "cuda", "")
    ]

"""gpu-pcie-link-reduced."""

from doctor.facts import Gpu, Nvidia
from doctor.model import Severity
from tests.rules.judging import finding, is_cleared, is_open

RULE = "gpu-pcie-link-reduced"


def judged(width, maximum, **more):
    return finding(RULE, nvidia=Nvidia(gpus=(Gpu("RTX 4090", pcie_width=width, pcie_width_max=maximum, **more),)))


def test_a_quarter_of_the_lanes_or_less():
    found = judged(4, 16)
    assert found is not None
    assert found.severity is Severity.INFO
    assert "x4 instead of x16" in found.message


def test_quiet_on_half_of_them_laptops_and_unknown():
    assert judged(8, 16) is None
    assert judged(4, 16, mobile=True) is None
    assert judged(None, 16) is None


def test_the_generation_says_nothing_because_it_falls_when_idle():
    assert judged(16, 16, pcie_generation=1, pcie_generation_max=4) is None


def test_what_clears_it_and_what_leaves_it_open():
    assert is_cleared(RULE, nvidia=Nvidia(gpus=(Gpu("RTX 4090", pcie_width=16, pcie_width_max=16),)))
    assert is_open(RULE, nvidia=Nvidia(gpus=(Gpu("RTX 4090"),)))

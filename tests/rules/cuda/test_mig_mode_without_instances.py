"""mig-mode-without-instances."""

from doctor.facts import Gpu, Nvidia, Runtime
from doctor.model import Severity
from tests.rules.hosts import UBUNTU
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "mig-mode-without-instances"
BARE = Gpu("NVIDIA A100", mig=True)
CUT = Gpu("NVIDIA A100", index=1, mig=True, mig_instances=("1g.5gb",))


def test_fires_on_a_gpu_without_instances():
    found = finding(RULE, nvidia=Nvidia(gpus=(BARE,)), host=UBUNTU)
    assert found is not None
    assert found.severity is Severity.ERROR
    assert commands(found)[0] == ("sudo", "nvidia-smi", "-i", "0", "-mig", "0")
    assert [r.alternative for r in found.remedies] == [False, True]


def test_a_warning_beside_a_usable_one():
    for gpus, runtime in (((BARE, CUT), Runtime()), ((BARE,), Runtime(cuda_available=True))):
        found = finding(RULE, nvidia=Nvidia(gpus=gpus), runtime=runtime)
        assert found is not None
        assert found.severity is Severity.WARNING


def test_quiet_with_instances_and_without_mig():
    assert finding(RULE, nvidia=Nvidia(gpus=(CUT,))) is None
    assert finding(RULE, nvidia=Nvidia(gpus=(Gpu("NVIDIA A100", mig=False), Gpu("NVIDIA T4")))) is None


def test_what_clears_it_and_what_leaves_it_open():
    assert is_cleared(RULE, nvidia=Nvidia(gpus=(CUT, Gpu("NVIDIA A100", mig=False))))
    assert is_open(RULE, nvidia=Nvidia(gpus=(Gpu("NVIDIA A100"),)))
    assert is_open(RULE, nvidia=Nvidia())


def test_texts():
    assert points_to(RULE, "No MIG devices found.")
    assert not points_to(RULE, "MIG M. Disabled")

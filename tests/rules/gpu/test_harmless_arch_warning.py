"""harmless-arch-warning."""

from doctor import explain
from doctor.facts import Gpu, Nvidia, Torch
from doctor.model import Severity
from tests.rules.judging import finding, is_cleared, is_open, points_to

RULE = "harmless-arch-warning"
TEXT = "Found GPU0 NVIDIA GB10 which is of cuda capability 12.1."


def test_a_gpu_above_the_list_that_runs_is_worth_knowing():
    gb10 = Nvidia(gpus=(Gpu("NVIDIA GB10", compute_capability="12.1"),))
    found = finding(RULE, nvidia=gb10, torch=Torch(version="2.9.0+cu130", cuda_version="13.0"))
    assert found is not None
    assert found.severity is Severity.INFO


def test_quiet_within_the_list_and_where_it_does_not_run():
    ada, blackwell = Nvidia(gpus=(Gpu("RTX 4090"),)), Nvidia(gpus=(Gpu("RTX 5090", compute_capability="12.0"),))
    assert finding(RULE, nvidia=ada, torch=Torch(version="2.9.0+cu130", cuda_version="13.0")) is None
    assert finding(RULE, nvidia=blackwell, torch=Torch(version="2.6.0+cu124", cuda_version="12.4")) is None


def test_what_clears_it_and_what_leaves_it_open():
    blackwell, ada = (Nvidia(gpus=(Gpu(name),)) for name in ("NVIDIA GeForce RTX 5090", "RTX 4090"))
    assert is_cleared(RULE, nvidia=blackwell, torch=Torch(version="2.6.0+cu124", cuda_version="12.4"))
    assert is_cleared(RULE, nvidia=ada, torch=Torch(version="2.9.0+cu130", cuda_version="13.0"))
    assert is_open(RULE, nvidia=Nvidia(), torch=Torch(version="2.9.0+cu130", cuda_version="13.0"))
    assert is_open(RULE, nvidia=ada, torch=Torch(version="2.9.0a0+git1c57644", cuda_version="13.0"))


def test_texts():
    assert points_to(RULE, TEXT)
    both = f"{TEXT}\nMinimum and Maximum cuda capability supported by this version of PyTorch is (8.0) - (12.0)"
    assert explain.causes(both)[0].rule == RULE
    assert not points_to(RULE, "Found GPU0 NVIDIA GeForce RTX 5090 which is of cuda capability 12.0.")

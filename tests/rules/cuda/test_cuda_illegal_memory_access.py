"""cuda-illegal-memory-access."""

from doctor import rules
from doctor.diagnose import remedies_of
from tests.rules.hosts import UBUNTU, WINDOWS
from tests.rules.judging import facts_of, points_to

RULE = "cuda-illegal-memory-access"


def test_every_fault_of_a_kernel():
    assert points_to(RULE, "RuntimeError: CUDA error: misaligned address")
    assert points_to(RULE, "torch.AcceleratorError: CUDA error: an illegal instruction was encountered")
    assert points_to(RULE, "NCCL WARN Cuda failure 700 'an illegal memory access was encountered'")
    assert points_to(RULE, "========= Invalid __global__ read of size 4 bytes")
    assert points_to(RULE, "RuntimeError: HIP error: unspecified launch failure")


def test_other_faults_are_none():
    assert not points_to(RULE, "RuntimeError: CUDA error: invalid argument")
    assert not points_to(RULE, "Illegal instruction (core dumped)")
    assert not points_to(RULE, "NVRM: Xid (PCI:0000:65:00): 79, GPU has fallen off the bus.")


def test_the_call_is_found_first():
    run, _ = remedies_of(rules.load(RULE), facts_of(host=UBUNTU))
    assert run.commands == (("env", "CUDA_LAUNCH_BLOCKING=1", "python", "PROGRAM.py"),)
    assert "env" not in {
        word for r in remedies_of(rules.load(RULE), facts_of(host=WINDOWS)) for c in r.commands for word in c
    }

"""gpu-ecc-errors."""

from doctor.facts import Gpu, Nvidia
from doctor.model import Severity, absent
from tests.rules.hosts import MAC, UBUNTU
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "gpu-ecc-errors"


def judged(**more):
    return finding(RULE, nvidia=Nvidia(gpus=(Gpu("A100", **more),)))


def test_faults_by_severity():
    assert judged(row_remap_failure=True).severity is Severity.ERROR
    assert judged(ecc_errors=3).severity is Severity.WARNING
    assert judged(retired_pages=60).severity is Severity.WARNING


def test_quiet_on_sound_memory_few_retired_pages_and_what_is_not_known():
    assert judged(ecc_errors=0, retired_pages=2, row_remap_failure=False) is None
    assert judged() is None


def test_the_counters_may_have_begun_anew():
    assert is_open(RULE, nvidia=Nvidia(gpus=(Gpu("A100", ecc_errors=0),)))
    assert is_cleared(RULE, nvidia=absent("no NVIDIA driver and no NVIDIA GPU"))


def test_the_counters_are_shown():
    faulty = Nvidia(gpus=(Gpu("A100", ecc_errors=3),))
    shown = [("nvidia-smi", "-q", "-d", "ECC,PAGE_RETIREMENT,ROW_REMAPPER")]
    assert commands(finding(RULE, nvidia=faulty, host=UBUNTU)) == shown
    assert commands(finding(RULE, nvidia=faulty, host=MAC)) == []


def test_texts():
    assert points_to(RULE, "RuntimeError: CUDA error: uncorrectable ECC error encountered")
    assert not points_to(RULE, "Volatile Uncorr. ECC")

"""cuda-device-busy-or-exclusive."""

from doctor.facts import Gpu, Nvidia, Runtime
from doctor.model import Severity
from tests.rules.hosts import UBUNTU, WINDOWS
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "cuda-device-busy-or-exclusive"


def test_a_prohibited_or_held_gpu():
    prohibited = Nvidia(gpus=(Gpu("T4", compute_mode="Prohibited"),))
    found = finding(RULE, nvidia=prohibited, host=UBUNTU)
    assert found is not None
    assert found.severity is Severity.ERROR
    look = ("nvidia-smi", "--query-compute-apps=pid,name", "--format=csv")
    assert commands(found) == [look, ("sudo", "nvidia-smi", "-i", "0", "-c", "DEFAULT")]
    assert commands(finding(RULE, nvidia=prohibited, host=WINDOWS)) == [look]


def test_a_gpu_that_somebody_holds_is_an_error_only_where_cuda_does_not_start():
    """It may be the user's own program."""
    held = Nvidia(gpus=(Gpu("T4", compute_mode="Exclusive_Process", processes=1),))
    for runtime, severity in ((Runtime(), Severity.WARNING), (Runtime(cuda_available=False), Severity.ERROR)):
        found = finding(RULE, nvidia=held, runtime=runtime)
        assert found is not None
        assert found.severity is severity


def test_one_of_several_is_a_warning():
    found = finding(RULE, nvidia=Nvidia(gpus=(Gpu("T4", compute_mode="Prohibited"), Gpu("T4", index=1))))
    assert found is not None
    assert found.severity is Severity.WARNING


def test_quiet_on_default_and_on_exclusive_without_a_process():
    assert finding(RULE, nvidia=Nvidia(gpus=(Gpu("T4", compute_mode="Default", processes=3),))) is None
    assert finding(RULE, nvidia=Nvidia(gpus=(Gpu("T4", compute_mode="Exclusive_Process", processes=0),))) is None
    assert finding(RULE, nvidia=Nvidia()) is None


def test_a_gpu_can_be_busy_at_another_time():
    free = Nvidia(gpus=(Gpu("T4", compute_mode="Default", processes=0),))
    assert is_open(RULE, nvidia=free, runtime=Runtime(cuda_available=True))
    assert is_cleared(RULE, nvidia=Nvidia(driver_version="550.54.14", gpus=()))


def test_what_cuda_says():
    busy = Runtime(cuda_warning="CUDA error: all CUDA-capable devices are busy or unavailable")
    assert finding(RULE, nvidia=Nvidia(), runtime=busy) is not None


def test_texts():
    assert points_to(RULE, "RuntimeError: CUDA error: all CUDA-capable devices are busy or unavailable")
    assert points_to(RULE, "RuntimeError: CUDA error: CUDA-capable device(s) is/are busy or unavailable")
    assert not points_to(RULE, "no CUDA-capable device is detected")

"""cuda-device-busy-or-exclusive."""

from doctor.facts import Gpu, Nvidia, Runtime
from doctor.model import Severity
from tests.rules.judging import commands, finding, points_to

RULE = "cuda-device-busy-or-exclusive"


def test_a_prohibited_or_held_gpu():
    found = finding(RULE, nvidia=Nvidia(gpus=(Gpu("T4", compute_mode="Prohibited"),)))
    assert found is not None
    assert found.severity is Severity.ERROR
    assert ("sudo", "nvidia-smi", "-i", "0", "-c", "DEFAULT") in commands(found)
    assert finding(RULE, nvidia=Nvidia(gpus=(Gpu("T4", compute_mode="Exclusive_Process", processes=1),))) is not None


def test_one_of_several_is_a_warning():
    found = finding(RULE, nvidia=Nvidia(gpus=(Gpu("T4", compute_mode="Prohibited"), Gpu("T4", index=1))))
    assert found is not None
    assert found.severity is Severity.WARNING


def test_quiet_on_default_and_on_exclusive_without_a_process():
    assert finding(RULE, nvidia=Nvidia(gpus=(Gpu("T4", compute_mode="Default", processes=3),))) is None
    assert finding(RULE, nvidia=Nvidia(gpus=(Gpu("T4", compute_mode="Exclusive_Process", processes=0),))) is None
    assert finding(RULE, nvidia=Nvidia()) is None


def test_what_cuda_says():
    busy = Runtime(cuda_warning="CUDA error: all CUDA-capable devices are busy or unavailable")
    assert finding(RULE, nvidia=Nvidia(), runtime=busy) is not None


def test_texts():
    assert points_to(RULE, "RuntimeError: CUDA error: all CUDA-capable devices are busy or unavailable")
    assert points_to(RULE, "RuntimeError: CUDA error: CUDA-capable device(s) is/are busy or unavailable")
    assert not points_to(RULE, "no CUDA-capable device is detected")

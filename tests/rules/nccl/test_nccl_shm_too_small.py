"""nccl-shm-too-small."""

from doctor import explain
from doctor.facts import Gpu, Host, Nvidia, Storage
from doctor.model import Severity
from tests.rules.judging import commands, finding, points_to

RULE = "nccl-shm-too-small"
TWO = Nvidia(gpus=(Gpu("A10"), Gpu("A10", index=1)))


def test_a_containers_default_is_a_warning_for_several_gpus():
    found = finding(RULE, storage=Storage(shm_bytes=64 << 20), nvidia=TWO, host=Host(os="linux", container="docker"))
    assert found is not None
    assert found.severity is Severity.WARNING
    assert any("--ipc=host" in command for command in commands(found))


def test_quiet_with_one_gpu_enough_memory_and_what_is_not_known():
    assert finding(RULE, storage=Storage(shm_bytes=64 << 20), nvidia=Nvidia(gpus=(Gpu("A10"),))) is None
    assert finding(RULE, storage=Storage(shm_bytes=8 << 30), nvidia=TWO) is None
    assert finding(RULE, storage=Storage(), nvidia=TWO) is None
    assert finding(RULE, storage=Storage(shm_bytes=0), nvidia=TWO, host=Host(os="windows")) is None


def test_texts():
    log = "\n".join(
        (
            "host:1:2 [1] include/shm.h:28 NCCL WARN Call to posix_fallocate failed : No space left on device",
            "host:1:2 [1] NCCL WARN Error while creating shared memory segment nccl-shm-recv (size 9637888)",
            "RuntimeError: NCCL error in: ProcessGroupNCCL.cpp:839, unhandled system error, NCCL version 2.8.3",
        )
    )
    assert explain.causes(log)[0].rule == RULE
    assert not points_to(RULE, "OSError: [Errno 28] No space left on device: '/tmp/x'")

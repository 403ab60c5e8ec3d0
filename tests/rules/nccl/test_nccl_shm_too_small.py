"""nccl-shm-too-small."""

from doctor import explain
from doctor.facts import Gpu, Host, Nvidia, Storage
from doctor.model import Severity
from tests.rules.hosts import DOCKER, UBUNTU
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "nccl-shm-too-small"
TWO = Nvidia(gpus=(Gpu("A10"), Gpu("A10", index=1)))


def test_a_containers_default_is_a_warning_for_several_gpus():
    small = Storage(shm_bytes=64 << 20)
    found = finding(RULE, storage=small, nvidia=TWO, host=DOCKER)
    assert found is not None
    assert found.severity is Severity.WARNING
    assert (found.evidence[0].seen, found.evidence[0].needed) == ("64 MB", "256 MB")
    assert commands(found) == [("docker", "run", "--shm-size=8g", "IMAGE")]
    grow = [("sudo", "mount", "-o", "remount,size=8G", "/dev/shm")]
    assert commands(finding(RULE, storage=small, nvidia=TWO, host=UBUNTU)) == grow


def test_quiet_with_one_gpu_enough_memory_and_what_is_not_known():
    assert finding(RULE, storage=Storage(shm_bytes=64 << 20), nvidia=Nvidia(gpus=(Gpu("A10"),))) is None
    assert finding(RULE, storage=Storage(shm_bytes=8 << 30), nvidia=TWO) is None
    assert finding(RULE, storage=Storage(), nvidia=TWO) is None
    assert finding(RULE, storage=Storage(shm_bytes=0), nvidia=TWO, host=Host(os="windows")) is None


def test_what_clears_it_and_what_leaves_it_open():
    roomy = Storage(shm_bytes=8 << 30, shm_free_bytes=8 << 30)
    assert is_cleared(RULE, storage=roomy, nvidia=TWO)
    assert is_cleared(RULE, storage=Storage(shm_bytes=64 << 20), nvidia=Nvidia(gpus=(Gpu("A10"),)))
    assert is_cleared(RULE, storage=Storage(shm_bytes=0), nvidia=TWO, host=Host(os="windows"))
    assert is_open(RULE, storage=Storage(shm_bytes=8 << 30, shm_free_bytes=1 << 20), nvidia=TWO)
    assert is_open(RULE, storage=Storage(), nvidia=TWO)
    assert is_open(RULE, storage=roomy, nvidia=Nvidia())


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

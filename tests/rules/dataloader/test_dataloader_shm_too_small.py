"""dataloader-shm-too-small."""

from __future__ import annotations

from doctor.facts import Cpu, Host, Storage
from doctor.model import Severity
from tests.rules.judging import commands, finding, points_to

RULE = "dataloader-shm-too-small"
LINUX = Host(os="linux")
CONTAINER = Host(os="linux", container="docker")
EIGHT = Cpu(logical=8)


def test_docker_s_64_megabytes_are_a_warning_with_what_is_needed() -> None:
    found = finding(RULE, host=CONTAINER, cpu=EIGHT, storage=Storage(shm_bytes=64 * 2**20))
    assert found is not None
    assert found.severity is Severity.WARNING
    assert "665 MB" in found.message  # (8 workers x 2 + 1) x 38.5 MB + 10 MB
    assert commands(found) == [("docker", "run", "--shm-size=2g", "IMAGE")]


def test_one_megabyte_is_an_error_and_a_full_one_counts_as_small() -> None:
    found = finding(RULE, host=LINUX, cpu=EIGHT, storage=Storage(shm_bytes=2**20))
    assert found is not None
    assert found.severity is Severity.ERROR
    full = Storage(shm_bytes=2**33, shm_free_bytes=2**20)
    assert finding(RULE, host=LINUX, cpu=EIGHT, storage=full) is not None


def test_quiet_with_enough_elsewhere_and_when_not_known() -> None:
    assert finding(RULE, host=LINUX, cpu=EIGHT, storage=Storage(shm_bytes=2**33)) is None
    assert finding(RULE, host=Host(os="macos"), cpu=EIGHT, storage=Storage(shm_bytes=0)) is None
    assert finding(RULE, host=LINUX, cpu=EIGHT, storage=Storage()) is None


def test_a_small_quota_needs_little() -> None:
    storage = Storage(shm_bytes=210 * 10**6)
    assert finding(RULE, host=LINUX, cpu=Cpu(logical=64, quota_cores=2.0), storage=storage) is None
    assert finding(RULE, host=LINUX, cpu=Cpu(logical=64), storage=storage) is not None


def test_error_texts() -> None:
    assert points_to(RULE, "RuntimeError: DataLoader worker (pid 47) is killed by signal: Bus")
    assert points_to(RULE, "unable to write to file </torch_1_2>: No space left on device (28)")
    assert not points_to(RULE, "OSError: [Errno 28] No space left on device: '/home/user/model.pt'")

"""dataloader-shm-too-small."""

from __future__ import annotations

import pytest

from doctor.diagnose import diagnose
from doctor.facts import Cpu, ErrorText, Facts, Host, Storage
from doctor.model import Risk, Severity, ok
from tests.rules.judging import commands, facts_of, finding, is_cleared, is_open, points_to

RULE = "dataloader-shm-too-small"
LINUX = Host(os="linux", container="")
CONTAINER = Host(os="linux", container="docker")
EIGHT = Cpu(logical=8)
SMALL = Storage(shm_bytes=64 * 2**20)


def test_docker_s_64_megabytes_are_a_warning_with_what_is_needed() -> None:
    found = finding(RULE, host=CONTAINER, cpu=EIGHT, storage=SMALL)
    assert found is not None
    assert found.severity is Severity.WARNING
    assert "665 MB" in found.message  # (8 workers x 2 + 1) x 38.5 MB + 10 MB
    assert commands(found) == [("docker", "run", "--shm-size=2g", "IMAGE")]


def test_a_machine_without_any_can_do_all_but_load_with_workers() -> None:
    found = finding(RULE, host=LINUX, cpu=EIGHT, storage=Storage(shm_bytes=0))
    assert found is not None
    assert found.severity is Severity.WARNING


def test_what_needs_no_root_comes_first() -> None:
    found = finding(RULE, host=LINUX, storage=SMALL)
    assert found is not None
    assert [r.risk for r in found.remedies] == [Risk.MANUAL, Risk.ADMIN]
    assert "fewer workers" in found.remedies[0].title
    assert commands(found) == [("sudo", "mount", "-o", "remount,size=2G", "/dev/shm")]


@pytest.mark.parametrize(
    ("host", "words"),
    [
        (Host(os="linux", container="kubernetes"), "emptyDir"),
        (Host(os="linux", container="lxc"), "Have the container started"),
        (Host(os="linux"), "--shm-size=2g"),  # whether it is a container is not told
    ],
)
def test_elsewhere_a_sentence(host: Host, words: str) -> None:
    found = finding(RULE, host=host, storage=SMALL)
    assert found is not None
    assert words in found.remedies[0].title
    assert commands(found) == []


def test_a_full_one_counts_as_small() -> None:
    full = Storage(shm_bytes=2**33, shm_free_bytes=2**20)
    assert finding(RULE, host=LINUX, cpu=EIGHT, storage=full) is not None


@pytest.mark.parametrize("system", ["windows", "macos"])
def test_other_systems_have_no_dev_shm(system: str) -> None:
    assert is_cleared(RULE, host=Host(os=system))
    assert is_cleared(RULE, host=Host(os=system), cpu=EIGHT, storage=Storage(shm_bytes=0))


def test_open_when_not_known_and_where_only_larger_batches_would_not_fit() -> None:
    assert is_open(RULE, host=LINUX, cpu=EIGHT, storage=Storage(shm_bytes=2**33))
    assert is_open(RULE, host=LINUX, cpu=EIGHT, storage=Storage())
    assert is_open(RULE, host=LINUX)
    assert is_open(RULE, host=Host(), storage=SMALL)


def test_a_small_quota_needs_little() -> None:
    storage = Storage(shm_bytes=210 * 10**6)
    assert finding(RULE, host=LINUX, cpu=Cpu(logical=64, quota_cores=2.0), storage=storage) is None
    assert finding(RULE, host=LINUX, cpu=Cpu(logical=64), storage=storage) is not None


BUS = (
    "RuntimeError: DataLoader worker (pid 47) is killed by signal: Bus error. It is possible that dataloader's workers"
)
BUS += " are out of shared memory. Please try to raise your shared memory limit."


def test_the_text_of_a_machine_with_room_for_the_usual_batches_stands() -> None:
    facts = facts_of(host=LINUX, storage=Storage(shm_bytes=2**33), error=ErrorText(BUS))
    assert [f.rule for f in diagnose(facts).primary] == [RULE]


def test_the_text_of_a_mac_means_something_else() -> None:
    report = diagnose(Facts(host=ok(Host(os="macos")), error=ok(ErrorText(BUS))))
    assert RULE not in [f.rule for f in report.findings]
    assert RULE in [w.rule for w in report.withdrawn]


def test_error_texts() -> None:
    assert points_to(RULE, "RuntimeError: DataLoader worker (pid 47) is killed by signal: Bus")
    assert points_to(RULE, "unable to write to file </torch_1_2>: No space left on device (28)")
    assert points_to(
        RULE, "RuntimeError: unable to mmap 4096 bytes from file </torch_1_2>: No space left on device (28)"
    )
    assert not points_to(
        RULE, "RuntimeError: unable to mmap 88 bytes from file </torch_1_2>: Cannot allocate memory (12)"
    )
    assert not points_to(RULE, "OSError: [Errno 28] No space left on device: '/home/user/model.pt'")
    assert not points_to(RULE, "NCCL WARN NET/IB : Got completion with error 12, opcode 0, len 0, vendor err 129")

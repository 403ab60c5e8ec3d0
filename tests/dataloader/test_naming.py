"""What broke is named by rule, by its text or by its circumstances."""

from __future__ import annotations

import pytest

from doctor.dataloader.model import Experiment
from doctor.dataloader.naming import findings_of, needed_bytes, with_rule
from doctor.facts import Facts, Host, Python, Storage
from doctor.model import Severity, ok, skipped

SMALL = Storage(shm_bytes=64 << 20, shm_free_bytes=64 << 20)
BATCH = 38_535_168


def facts(storage: Storage | None = None, method: str = "fork") -> Facts:
    known = {"host": ok(Host(os="linux")), "python": ok(Python(start_method=method))}
    if storage:
        known["storage"] = ok(storage)
    return Facts(**{name: known.get(name, skipped("test")) for name in Facts.__struct_fields__})


def broke(text: str = "", outcome: str = "failed", method: str = "fork", **known: object) -> Experiment:
    return Experiment(
        name="x", subject="machine", outcome=outcome, method=method, workers=2, text=text, facts=dict(known)
    )


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("RuntimeError: DataLoader worker (pid 7) is killed by signal: Bus error. ", "dataloader-shm-too-small"),
        (
            "RuntimeError: unable to allocate shared memory(shm) for file </torch_7_8_0>: No space left on device (28)",
            "dataloader-shm-too-small",
        ),
        ("OSError: [Errno 24] Too many open files", "dataloader-too-many-open-files"),
        ("AttributeError: Can't pickle local object 'f.<locals>.<lambda>'", "dataloader-unpicklable"),
        ("RuntimeError: DataLoader worker (pid(s) 7) exited unexpectedly", "dataloader-worker-exited"),
        ("what nobody has seen before", "dataloader-worker-exited"),
    ],
)
def test_texts(text: str, rule: str):
    assert with_rule(broke(text), facts()).rule == rule


def test_a_hang_with_batches_that_do_not_fit_is_shared_memory():
    assert with_rule(broke("", "hung", batch_bytes=BATCH), facts(SMALL)).rule == "dataloader-shm-too-small"
    assert with_rule(broke("", "hung"), facts(SMALL)).rule == "dataloader-timed-out"


def test_what_passed_has_no_rule():
    assert with_rule(broke("", "passed"), facts(SMALL)).rule == ""


def test_the_number_that_would_do_is_told():
    one = with_rule(broke("killed by signal: Bus error", batch_bytes=BATCH), facts(SMALL))
    assert needed_bytes(one) == (2 * 2 + 1) * BATCH + 10**7
    finding = findings_of([one], facts(SMALL), [])["dataloader-shm-too-small"]
    assert finding.severity is Severity.ERROR
    assert str(needed_bytes(one)) in finding.evidence[0].needed
    assert "203 MB" in finding.message and "67 MB" in finding.message


def test_as_much_room_is_advised_as_the_batches_need():
    one = with_rule(broke("killed by signal: Bus error", batch_bytes=2**30), facts(SMALL))
    (grow, less) = findings_of([one], facts(SMALL), [])["dataloader-shm-too-small"].remedies
    assert "--shm-size=6g" in grow.title  # 5 batches of 1 GiB and a margin
    assert "fewer workers" in less.title


def test_another_start_method_than_the_default_is_a_matter_of_portability():
    one = with_rule(broke("AttributeError: Can't pickle local object 'f'", method="spawn"), facts())
    assert findings_of([one], facts(), [])["dataloader-unpicklable"].severity is Severity.WARNING
    assert findings_of([one], facts(method="spawn"), [])["dataloader-unpicklable"].severity is Severity.ERROR

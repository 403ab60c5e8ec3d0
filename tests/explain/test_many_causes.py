"""Symptoms of many causes are answered as such, and what only looks like a cause is none."""

import pytest

from doctor import explain, rules
from doctor.diagnose import meaning
from doctor.facts import Host, Storage
from tests.rules.judging import facts_of

WATCHDOG = (
    "[Rank 0] Watchdog caught collective operation timeout: WorkNCCL(SeqNum={n}, OpType=ALLREDUCE, Timeout(ms)=600000)"
)
MANY = {
    "collective time-out": WATCHDOG.format(n=7),
    "unknown error": "RuntimeError: CUDA unknown error - this may be due to an incorrectly set up environment",
    "killed": "traceback : Signal 9 (SIGKILL) received by PID 812",
    "exit 137": "command terminated with exit code 137",
    "no GPU": "RuntimeError: No CUDA GPUs are available",
    "NCCL system error": "torch.distributed.DistBackendError: NCCL error: unhandled system error, ncclSystemError",
    "segmentation fault": "Segmentation fault (core dumped)",
}


def explained(text):
    return meaning.explain(explain.causes(text), {}, None).causes


@pytest.mark.parametrize("kind", MANY)
def test_candidates_are_told_apart(kind):
    first = explained(MANY[kind])[0]
    assert len(first.candidates) >= 3
    assert len({one.tell for one in first.candidates}) == len(first.candidates)


def test_a_cause_of_one_kind_has_no_candidates():
    assert explained("RuntimeError: Torch not compiled with CUDA enabled")[0].candidates == ()


def test_the_page_has_them_before_its_references():
    doc = rules.load("collective-timeout").doc
    assert doc.index("## Which cause it is\n- `collective-timeout`: ") < doc.index("## References")


@pytest.mark.parametrize("steps", [1, 469_508])
def test_a_watchdog_time_out_is_not_a_hang_of_direct_transfers(steps):
    first, *others = explained(WATCHDOG.format(n=steps))
    assert first.rule == "collective-timeout" and not others
    assert "nccl-p2p-hang" in [one.rule for one in first.candidates]


def test_a_rendezvous_time_out_is_no_matter_of_the_interface():
    text = (
        "DistNetworkError: The client socket has timed out after 60000ms while trying to connect to (10.0.0.4, 29500)."
    )
    assert [one.rule for one in explained(text)] == ["rendezvous-failed"]


def test_a_completion_with_error_is_no_matter_of_shared_memory():
    text = "NCCL WARN NET/IB : Got completion with error 12, opcode 0, len 0, vendor err 129"
    small = facts_of(storage=Storage(shm_bytes=64 << 20, shm_free_bytes=64 << 20))
    assert [one.rule for one in meaning.explain(explain.causes(text), {}, small).causes] == ["ib-fabric-fault"]


def test_a_pinning_thread_on_windows_is_no_matter_of_open_files():
    text = "RuntimeError: Pin memory thread exited unexpectedly"
    low = facts_of(storage=Storage(open_files_soft=256))
    told = {"host": Host(os="windows")}
    found = meaning.explain(explain.causes(text), told, low).causes
    assert [one.rule for one in found] == ["dataloader-pin-memory-thread"]


@pytest.mark.parametrize(
    "text",
    [
        "connection reset by peer",
        "ConnectionResetError: [Errno 104] Connection reset by peer",
        "DDP training seems to freeze",
        "training hangs after the first epoch, GPU utilisation stays at 100 %",
    ],
)
def test_an_impression_is_no_cause(text):
    assert explain.causes(text) == ()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("an illegal memory access was encountered", "cuda-illegal-memory-access"),
        ("unspecified launch failure", "cuda-illegal-memory-access"),
        ("the launch timed out and was terminated", "cuda-launch-timeout"),
        ("operation not supported", "cuda-operation-not-supported"),
    ],
)
def test_errors_of_the_runtime_are_known(text, rule):
    for raised in ("RuntimeError", "torch.AcceleratorError"):
        assert explain.causes(f"{raised}: CUDA error: {text}")[0].rule == rule

"""`torch-doctor dataloader`: as a user starts it, on a real torch; what breaks workers is named, nothing stays."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from doctor.cli import main
from tests.surroundings import shell

Done = subprocess.CompletedProcess[str]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="/dev/shm and limits of Linux")
MARK = "DOCTOR_TEST_RUN"


def command(python: Path | str, *options: str) -> list[str]:
    return [sys.executable, "-m", "doctor", "dataloader", "--python", str(python), "--format", "json", *options]


def tried(python: Path, *options: str, before: tuple[str, ...] = (), cwd: Path | None = None) -> dict:
    done = subprocess.run([*before, *command(python, *options)], cwd=cwd, capture_output=True, text=True, timeout=240)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


FORK = ("--start-method", "fork")  # the others take seconds to start


def rules(document: dict, severity: str = "") -> set[str]:
    return {f["rule"] for f in document["findings"] if severity in ("", f["severity"])}


def written(folder: Path, source: str) -> str:
    path = folder / "train.py"
    path.write_text("import torch\nfrom torch.utils.data import *\n" + textwrap.dedent(source), "utf-8")
    return str(path)


# usage


@pytest.mark.parametrize(
    "words",
    [
        ["nowhere.py"],
        ["--timeout", "0"],
        ["--workers", "two"],
        ["--workers", "1,-2"],
        ["--sample-shape", "0x3"],
        ["--sample-ms", "nan"],
        ["--batch-size", "0"],
        [__file__],  # stdin is no terminal: nobody could be asked
    ],
)
def test_wrong_usage(words: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", None)
    try:
        code = main(["dataloader", *words])
    except SystemExit as error:
        code = error.code
    assert code == 2


def test_a_target_without_torch(bare_python: Path):
    document = tried(bare_python)
    assert [e["name"] for e in document["experiments"]] == ["import torch"]
    assert rules(document, "error")


# the machine


@LINUX
@pytest.mark.heavy
def test_every_start_method_and_sharing_strategy(torch_python: Path):
    document = tried(torch_python)
    tried_ones = {(e["method"], e["workers"], e["strategy"]) for e in document["experiments"] if e["seconds"]}
    assert {(m, n, s) for m in ("fork",) for n in (1, 2) for s in ("file_descriptor", "file_system")} <= tried_ones
    assert set(document["start_methods"]) == {"fork", "forkserver", "spawn"}
    assert document["start_methods"]["fork"]["works"]
    assert not [e for e in document["experiments"] if e["outcome"] in ("failed", "crashed", "hung")]


@LINUX
@pytest.mark.heavy
def test_a_small_dev_shm_is_named_with_the_number_that_would_do(torch_python: Path):
    small = 'mount -t tmpfs -o size=1m tmpfs /dev/shm && exec "$@"'
    before = ("unshare", "--mount", "sh", "-c", small, "sh")
    shell([*before, "true"])
    document = tried(torch_python, *FORK, before=before)
    finding = next(f for f in document["findings"] if f["rule"] == "dataloader-shm-too-small")
    need = (2 * 2 + 1) * 64 * 3 * 224 * 224 * 4
    assert finding["severity"] == "error"
    assert any(str(need + 10**7) in e.get("needed", "") for e in finding["evidence"])
    assert "disk-full" not in rules(document)


@LINUX
@pytest.mark.heavy
def test_a_low_limit_of_open_files_is_named(torch_python: Path):
    document = tried(torch_python, *FORK, before=("sh", "-c", 'ulimit -n 64 && exec "$@"', "sh"))
    assert rules(document, "error") == {"dataloader-too-many-open-files"}
    broken = [e for e in document["experiments"] if e["rule"]]
    assert broken and {e["rule"] for e in broken} == {"dataloader-too-many-open-files"}


# nothing stays behind


def left() -> list[str]:
    """Processes that a run of ours started, and shared memory with our names."""
    found = [n for n in os.listdir("/dev/shm") if n.startswith("sem.doctor")]
    for pid in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if f"{MARK}={os.getpid()}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"):
                found.append(Path(f"/proc/{pid}/cmdline").read_text())
    return found


HANGS = """
    import time
    class Stuck(Dataset):
        def __len__(self):
            return 8
        def __getitem__(self, index):
            if get_worker_info():
                print("in a worker", flush=True)
                time.sleep(1000)
            return index
    torch.multiprocessing.set_sharing_strategy("file_system")
    loader = DataLoader(Stuck(), num_workers=2, multiprocessing_context="forkserver")
"""


@LINUX
@pytest.mark.heavy
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129), ("SIGKILL", -9)])
def test_ended_in_the_middle(name: str, code: int, torch_python: Path, tmp_path: Path):
    argv = command(torch_python, written(tmp_path, HANGS), "--yes")
    environment = {**os.environ, MARK: str(os.getpid())}
    with subprocess.Popen(argv, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        ends = time.monotonic() + 60
        while not any("from multiprocessing.forkserver" in line for line in left()) and time.monotonic() < ends:
            time.sleep(0.1)
        child.send_signal(signal.Signals[name])
        child.communicate(timeout=60)
    assert child.returncode == code
    ends = time.monotonic() + 20
    while left() and time.monotonic() < ends:
        time.sleep(0.1)
    assert not left()


@LINUX
@pytest.mark.heavy
def test_a_killed_worker_is_named_and_leaves_nothing(torch_python: Path, tmp_path: Path):
    source = """
        import os, signal
        class Killed(Dataset):
            def __len__(self):
                return 64
            def __getitem__(self, index):
                if get_worker_info() and index == 5:
                    os.kill(os.getpid(), signal.SIGKILL)
                return torch.zeros(100_000)
        torch.multiprocessing.set_sharing_strategy("file_system")
        loader = DataLoader(Killed(), num_workers=2)
    """
    before = set(os.listdir("/dev/shm"))
    document = tried(torch_python, written(tmp_path, source), "--yes", *FORK)
    assert "dataloader-worker-oom-killed" in rules(document, "error")
    assert not [n for n in set(os.listdir("/dev/shm")) - before if n.startswith("torch_")]


# a script


@LINUX
@pytest.mark.heavy
def test_an_attribute_that_cannot_be_pickled_is_found(torch_python: Path, tmp_path: Path):
    source = """
        class Lambdas(Dataset):
            def __init__(self):
                self.steps = [abs, lambda x: x + 1]
            def __len__(self):
                return 40
            def __getitem__(self, index):
                return torch.tensor(float(index))
        def main():
            for batch in DataLoader(Lambdas(), batch_size=8, num_workers=2):
                raise SystemExit("the loop must not be run")
        if __name__ == "__main__":
            main()
    """
    document = tried(torch_python, written(tmp_path, source), "--yes")
    pickled = next(e for e in document["experiments"] if e["name"] == "pickle dataset")
    assert pickled["facts"]["attribute"] == "dataset.steps[1]"
    assert pickled["rule"] == "dataloader-unpicklable"
    outcomes = {e["name"]: e["outcome"] for e in document["experiments"]}
    assert outcomes["one worker by fork"] == "passed"
    assert outcomes["one worker by spawn"] == "failed"
    assert not rules(document, "error")  # fork is the default of this Python


@LINUX
@pytest.mark.heavy
def test_repeated_random_numbers_and_data_are_found(torch_python: Path, tmp_path: Path):
    source = """
        import numpy
        class Random(Dataset):
            def __init__(self):
                self.generator = numpy.random.default_rng(0)
            def __len__(self):
                return 40
            def __getitem__(self, index):
                return torch.tensor(self.generator.random())
        class Stream(IterableDataset):
            def __iter__(self):
                return iter(range(64))
        def same(worker):
            numpy.random.seed(3)
        random_loader = DataLoader(Random(), num_workers=2, worker_init_fn=same)
        def stream_loader():
            return DataLoader(Stream(), batch_size=8, num_workers=2)
    """
    path = written(tmp_path, source)
    assert rules(tried(torch_python, path, "--yes", *FORK)) >= {
        "dataloader-same-numpy-seed",
        "dataloader-cloned-generator",
    }
    assert rules(tried(torch_python, f"{path}:stream_loader", "--yes", *FORK)) >= {"dataloader-iterable-not-sharded"}


# tuning


@LINUX
@pytest.mark.heavy
def test_workers_pay_for_a_data_set_that_waits(torch_python: Path):
    described = ("--sample-ms", "4", "--sample-shape", "3x32x32", "--batch-size", "16")
    found = tried(torch_python, "--tune", *described, "--workers", "0,2")["recommendation"]
    assert found["num_workers"] == 2
    assert found["gain"] > 1.3


@LINUX
@pytest.mark.heavy
def test_workers_do_not_pay_for_a_data_set_in_memory(torch_python: Path, tmp_path: Path):
    source = "loader = DataLoader(TensorDataset(torch.randn(2000, 10)), batch_size=32, shuffle=True)"
    found = tried(torch_python, written(tmp_path, source), "--tune", "--yes", *FORK)["recommendation"]
    assert (found["num_workers"], found["prefetch_factor"]) == (0, None)
    assert {row["workers"] for row in found["settings"]} > {0}


@LINUX
@pytest.mark.heavy
def test_threads_of_the_import_do_not_make_experiments_hang(torch_python: Path, tmp_path: Path):
    source = """
        at_import = torch.exp(torch.randn(3000, 3000)).sum()
        class Large(Dataset):
            def __len__(self):
                return 8
            def __getitem__(self, index):
                return torch.exp(torch.ones(1000, 1000)).sum() * index
        loader = DataLoader(Large(), batch_size=4)
    """
    document = tried(torch_python, written(tmp_path, source), "--yes", *FORK)
    assert {e["outcome"] for e in document["experiments"]} == {"passed"}

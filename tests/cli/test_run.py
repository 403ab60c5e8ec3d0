"""`torch-doctor run`: the command stays what it is; real failing scripts are explained."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.surroundings import SIGNALS, small_file_system

Done = subprocess.CompletedProcess[str]


def doctor_run(argv: list[str], cwd: Path, *options: str, stdin: str = "") -> Done:
    command = [sys.executable, "-m", "doctor", "run", *(options or ("--no-facts",)), "--", *argv]
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, text=True, encoding="utf-8", timeout=240)


def script(tmp_path: Path, source: str, python: Path | str = sys.executable, name: str = "train.py") -> Done:
    (tmp_path / name).write_text(textwrap.dedent(source), "utf-8")
    return doctor_run([str(python), name], tmp_path)


def named(done: Done) -> str:
    """The rule that comes first in the explanation."""
    found = re.findall(r"^  \[([a-z0-9-]+)\]\s*$", done.stderr, re.MULTILINE)
    return found[0] if found else ""


# the command stays what it is


def test_streams_and_exit_code_pass_through(tmp_path: Path):
    done = script(tmp_path, "import sys; print('out'); print('err', file=sys.stderr); sys.exit(7)")
    assert (done.returncode, done.stdout, done.stderr) == (7, "out\n", "err\n")
    done = doctor_run([sys.executable, "-c", "import sys; print(input()[::-1])"], tmp_path, stdin="abc\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "cba\n", "")


def test_a_success_is_not_explained_whatever_it_wrote(tmp_path: Path):
    done = script(tmp_path, "import sys; print('RuntimeError: Torch not compiled with CUDA enabled', file=sys.stderr)")
    assert done.stderr == "RuntimeError: Torch not compiled with CUDA enabled\n"


def test_a_failure_that_is_not_recognised_adds_nothing(tmp_path: Path):
    done = script(tmp_path, "import sys; print('hm', file=sys.stderr); sys.exit(3)")
    assert (done.returncode, done.stderr) == (3, "hm\n")


@SIGNALS
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGSEGV", "SIGKILL", "SIGABRT"])
def test_a_death_by_signal_stays_one(tmp_path: Path, name: str):
    number = getattr(signal, name)
    done = doctor_run([sys.executable, "-c", f"import os; os.kill(os.getpid(), {number})"], tmp_path)
    assert done.returncode == -number


@SIGNALS
def test_signals_are_passed_on(tmp_path: Path):
    source = (
        "import signal,sys,time; signal.signal(15, lambda *_: sys.exit(9)); print('up', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-m", "doctor", "run", "--no-facts", "--", sys.executable, "-c", source]
    child = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "up\n"
    child.terminate()
    assert child.wait(30) == 9
    child.stdout.close()


@SIGNALS
def test_an_end_that_was_wanted_is_not_explained(tmp_path: Path):
    """Neither one that was asked of us, whatever code the command has for it, nor one as a shell tells it."""
    text = "AssertionError: Torch not compiled with CUDA enabled"
    heeds = f"import signal,sys,time; signal.signal(15, lambda *_: sys.exit({text!r})); "
    source = f"{heeds}print('up', flush=True); time.sleep(60)"
    command = [sys.executable, "-m", "doctor", "run", "--no-facts", "--", sys.executable, "-c", source]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout and child.stdout.readline() == "up\n"
        child.terminate()
        assert child.communicate(timeout=30)[1] == f"{text}\n"
    assert child.returncode == 1
    done = script(tmp_path, f"import sys; print({text!r}, file=sys.stderr); sys.exit(130)")
    assert (done.returncode, done.stderr) == (130, f"{text}\n")


def test_a_command_that_is_not_there(tmp_path: Path):
    assert doctor_run(["no-such-command-at-all"], tmp_path).returncode == 127
    done = subprocess.run([sys.executable, "-m", "doctor", "run"], capture_output=True)
    assert done.returncode == 2


@SIGNALS
def test_much_on_stderr_stays_whole_and_in_bounds(tmp_path: Path):
    source = """
    import sys
    for i in range(200_000):
        sys.stderr.write(f"step {i} of many, loss 0.{i}\\n")
    raise AssertionError("Torch not compiled with CUDA enabled")
    """
    done = script(tmp_path, source)
    assert named(done) == "cpu-only-build-on-gpu-machine"
    assert "step 199999 of many" in done.stderr


def test_facts_of_the_commands_own_python(tmp_path: Path, bare_python: Path):
    done = doctor_run([str(bare_python), "-c", "import torch"], tmp_path, "--timeout", "60")
    assert done.returncode == 1
    assert named(done) in ("torch-not-installed", "torch-not-importable")
    assert "On this machine:" in done.stderr


# scripts that fail for real


def test_torch_is_not_there(tmp_path: Path, bare_python: Path):
    assert named(script(tmp_path, "import torch", bare_python)) == "torch-not-importable"


def test_a_file_named_torch(tmp_path: Path):
    (tmp_path / "torch.py").write_text("import math\n")
    done = script(tmp_path, "import torch\nprint(torch.tensor([1]))")
    assert named(done) == "local-torch-shadow-or-broken-import"


@pytest.mark.skipif(sys.platform == "win32", reason="Linux's loader")
def test_a_shared_library_is_missing(tmp_path: Path):
    done = script(tmp_path, "import ctypes; ctypes.CDLL('libcudart.so.12')")
    assert named(done) == "cuda-runtime-lib-missing"


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform != "linux", reason="mounts as Linux does")
def test_a_full_disk(tmp_path: Path):
    with small_file_system(tmp_path / "full", "1m") as folder:
        done = script(tmp_path, f"open({str(folder / 'checkpoint.pt')!r}, 'wb').write(b'0' * 5_000_000)")
    assert named(done) == "disk-full"


@pytest.mark.skipif(sys.platform != "linux", reason="Linux has /dev/full")
def test_a_device_that_is_always_full(tmp_path: Path):
    done = script(tmp_path, "f = open('/dev/full', 'w'); f.write('x' * 100_000); f.flush()")
    assert named(done) == "disk-full"


@SIGNALS
def test_too_many_open_files(tmp_path: Path):
    source = """
    import resource
    resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))
    files = [open(__file__) for _ in range(100)]
    """
    assert named(script(tmp_path, source)) == "dataloader-too-many-open-files"


@SIGNALS
def test_an_instruction_that_the_cpu_does_not_have(tmp_path: Path):
    done = script(tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGILL)")
    assert named(done) == "illegal-instruction-cpu"
    assert done.returncode == -signal.SIGILL


def test_workers_started_by_the_module_itself(tmp_path: Path):
    source = """
    import multiprocessing
    multiprocessing.set_start_method("spawn", force=True)
    multiprocessing.Process(target=print).start()
    """
    done = script(tmp_path, source)
    assert "bootstrapping phase" in done.stderr
    # the parent itself ends well: only its child fails
    assert named(done) in ("dataloader-spawn-no-main-guard", "")


LOADER = """
    import torch
    from torch.utils.data import DataLoader, Dataset

    class Numbers(Dataset):
        def __len__(self):
            return 8
        def __getitem__(self, index):
            return torch.tensor(index)
"""


@pytest.mark.heavy
class TestWithTorch:
    def test_unpicklable_dataset_under_spawn(self, tmp_path: Path, torch_python: Path):
        body = """
    if __name__ == "__main__":
        data = Numbers()
        data.transform = lambda x: x
        next(iter(DataLoader(data, num_workers=1, multiprocessing_context="spawn")))
"""
        assert named(script(tmp_path, LOADER + body, torch_python)) == "dataloader-unpicklable"

    def test_missing_guard_under_spawn(self, tmp_path: Path, torch_python: Path):
        body = '\n    next(iter(DataLoader(Numbers(), num_workers=1, multiprocessing_context="spawn")))\n'
        assert named(script(tmp_path, LOADER + body, torch_python)) == "dataloader-spawn-no-main-guard"

    def test_cuda_where_torch_sees_no_gpu(self, tmp_path: Path, torch_python: Path):
        """On a machine with a GPU it is hidden from the program, and that is the cause."""
        source = "import os; os.environ['CUDA_VISIBLE_DEVICES'] = ''; import torch; torch.zeros(1, device='cuda')"
        done = script(tmp_path, source, torch_python)
        assert named(done) in ("no-driver", "cpu-only-build-on-gpu-machine", "cuda-visible-devices-bad")

    def test_a_torchvision_that_does_not_fit(self, tmp_path: Path, broken_pair_python: Path):
        done = script(tmp_path, "import torchvision", broken_pair_python)
        assert named(done) == "torch-torchvision-mismatch"

    def test_a_worker_that_is_killed(self, tmp_path: Path, torch_python: Path):
        source = LOADER.replace("return torch.tensor(index)", "import os; os.kill(os.getpid(), 9)")
        body = '\n    if __name__ == "__main__":\n        next(iter(DataLoader(Numbers(), num_workers=1)))\n'
        assert named(script(tmp_path, source + body, torch_python)) == "dataloader-worker-oom-killed"

    def test_a_worker_that_opens_too_much(self, tmp_path: Path, torch_python: Path):
        source = LOADER.replace("return torch.tensor(index)", "self.f = [open(__file__) for _ in range(10**6)]")
        body = '\n    if __name__ == "__main__":\n        next(iter(DataLoader(Numbers(), num_workers=1)))\n'
        assert named(script(tmp_path, source + body, torch_python)) == "dataloader-too-many-open-files"

    def test_shapes_are_the_programs_own_fault(self, tmp_path: Path, torch_python: Path):
        done = script(tmp_path, "import torch; torch.ones(2, 3) @ torch.ones(2, 3)", torch_python)
        assert named(done) == "user-code-error"
        assert "The environment is not at fault" in done.stderr

    def test_a_damaged_checkpoint(self, tmp_path: Path, torch_python: Path):
        source = (
            "import torch; torch.save([1] * 99, 'x.pt'); f = open('x.pt', 'r+b'); f.truncate(300); torch.load('x.pt')"
        )
        assert named(script(tmp_path, source, torch_python)) == "dataset-corrupted"

    def test_a_checkpoint_that_holds_code(self, tmp_path: Path, torch_python: Path):
        source = "import torch, argparse; torch.save(argparse.Namespace(a=1), 'x.pt'); torch.load('x.pt')"
        assert named(script(tmp_path, source, torch_python)) == "weights-only-default"

    def test_a_memory_limit(self, tmp_path: Path, torch_python: Path):
        done = script(tmp_path, "import torch; torch.empty(10**15)", torch_python)
        assert named(done) == "out-of-memory"

    def test_a_package_that_no_index_has(self, tmp_path: Path, torch_python: Path):
        done = doctor_run([str(torch_python), "-m", "pip", "install", "--no-index", "torch==0.0.1"], tmp_path)
        assert named(done) in ("pinned-version-not-on-index", "python-version-unsupported", "wrong-index-or-platform")

"""What comes first, and why: each test is a class of texts, not a text."""

from __future__ import annotations

from doctor.explain import causes


def first(text: str) -> str:
    found = causes(text)
    return found[0].rule if found else ""


def names(text: str) -> list[str]:
    return [cause.rule for cause in causes(text)]


SPAWN = """\
RuntimeError:
        An attempt has been made to start a new process before the
        current process has finished its bootstrapping phase.
"""
EXITED = "RuntimeError: DataLoader worker (pid(s) 12048, 7612) exited unexpectedly\n"
PIPE = "BrokenPipeError: [Errno 32] Broken pipe\n"


def test_the_root_comes_before_its_consequences_whichever_is_last():
    assert first(SPAWN + EXITED) == "dataloader-spawn-no-main-guard"
    assert first(EXITED + SPAWN) == "dataloader-spawn-no-main-guard"
    assert first(PIPE + SPAWN) == "dataloader-spawn-no-main-guard"


ISOLATED = """\
  × Getting requirements to build wheel did not run successfully.
  │ exit code: 1
  ╰─> [20 lines of output]
      Traceback (most recent call last):
        File "/tmp/pip-build-env-_x/overlay/lib/python3.12/site-packages/setuptools/build_meta.py", line 331, in _get
        File "<string>", line 22, in <module>
      ModuleNotFoundError: No module named 'torch'
      [end of output]
"""


def test_what_an_isolated_build_does_not_see_may_well_be_installed():
    line = "ModuleNotFoundError: No module named 'torch'"
    assert first(line) == "torch-not-importable"
    uv = f"Call to `setuptools.build_meta.build_editable` failed (exit status: 1)\n[stderr]\n{line}\n"
    for text in (ISOLATED, uv, f'File "/env/lib/pip/_vendor/pyproject_hooks/_in_process.py", line 353\n{line}\n'):
        assert not {"torch-not-importable", "torch-not-installed"} & set(names(text))
    done = "Getting requirements to build wheel: finished with status 'done'\n"
    assert first(f"{done}Traceback (most recent call last):\n{line}\n") == "torch-not-importable"


def test_the_first_of_a_chain_is_the_cause():
    text = (
        "Traceback (most recent call last):\n"
        "OSError: libcublas.so.11: cannot open shared object file: No such file or directory\n\n"
        "During handling of the above exception, another exception occurred:\n\n"
        "UnboundLocalError: local variable 'cublas_path' referenced before assignment\n"
    )
    assert first(text) == "cuda-runtime-lib-missing"


def test_a_worker_tells_what_broke_in_it():
    text = (
        "RuntimeError: Caught RuntimeError in DataLoader worker process 0.\n"
        "Original Traceback (most recent call last):\n"
        "RuntimeError: Cannot re-initialize CUDA in forked subprocess. To use CUDA with multiprocessing, you must use "
        "the 'spawn' start method\n"
    )
    assert first(text) == "fork-after-cuda-init"


def test_a_hint_never_outranks_an_error():
    hint = (
        "UserWarning: This DataLoader will create 8 worker processes in total. "
        "Our suggested max number of worker in current system is 2\n"
    )
    assert (
        first(hint * 20 + "RuntimeError: CUDA error: no kernel image is available for execution on the device")
        != "dataloader-too-many-workers"
    )
    assert first(hint) == "dataloader-too-many-workers"


def test_program_text_in_a_traceback_is_weaker_than_a_message():
    text = (
        '    raise AssertionError("Torch not compiled with CUDA enabled")\n'
        "ImportError: /lib64/libc.so.6: version `GLIBC_2.29' not found (required by x)\n"
    )
    assert first(text) == "glibc-too-old"


def test_ranks_that_write_at_once():
    text = "\n".join(
        f"[rank{r}]: torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.\n"
        f"[rank{1 - r}]: torch.distributed.DistBackendError: NCCL error in: x.cpp:1, unhandled cuda error"
        for r in (0, 1)
    )
    assert first(text) == "out-of-memory"


def test_programs_own_faults_are_not_blamed_on_the_environment():
    from doctor import rules

    for text in (
        "RuntimeError: mat1 and mat2 shapes cannot be multiplied (2708x7 and 256x256)",
        "RuntimeError: CUDA error: device-side assert triggered",
        '  File "train.py", line 3, in <module>\n    x = rows[9]\nIndexError: list index out of range',
    ):
        assert rules.load(first(text)).area == "not_environment"


def test_an_environment_warning_before_a_fault_of_the_program_does_not_take_its_place():
    text = (
        "UserWarning: Failed to load image Python extension: libpng16.so.16\n"
        "RuntimeError: mat1 and mat2 shapes cannot be multiplied (2708x7 and 256x256)\n"
    )
    assert first(text) == "user-code-error"


def test_nothing_known_is_nothing():
    assert causes("Epoch 1: loss 0.5\nall is well") == ()
    assert causes("") == ()


def test_one_cause_a_rule_with_its_line():
    text = "x\n" + "AssertionError: Torch not compiled with CUDA enabled\n" * 3
    found = [cause for cause in causes(text) if cause.rule == "cpu-only-build-on-gpu-machine"]
    assert len(found) == 1
    assert found[0].line_number == 2
    assert found[0].line == "AssertionError: Torch not compiled with CUDA enabled"


def test_named_groups_come_along():
    found = causes("The NVIDIA driver on your system is too old (found version 11040).")
    assert found[0].groups == {"found": "11040"}


def test_what_a_warning_makes_light_of_is_no_error():
    missing = "libtorch_cuda_cu.so: cannot open shared object file"
    line = f"io/image.py:13: UserWarning: Failed to load image Python extension: {missing}"
    assert first(line) == "torchvision-image-extension"
    assert first(f"{line}\nImportError: {missing}: No such file or directory") == "extension-abi-mismatch"


def test_what_a_hint_warns_of_is_no_error():
    status = "cudnn_status: CUDNN_STATUS_NOT_SUPPORTED"
    line = f"conv.py:306: UserWarning: Plan failed with a cudnnException: finalize Failed {status}"
    assert first(line) == "not-an-error-perf-hint"
    assert first(f"{line}\nRuntimeError: cuDNN error: CUDNN_STATUS_EXECUTION_FAILED") == "cudnn-internal-error"
    assert first(line.replace("a cudnnException", "a CuDNNError")) == "not-an-error-perf-hint"


def test_an_exception_in_one_line_with_a_hint_is_an_error():
    line = (
        "x.py:1: FutureWarning: old RuntimeError: CUDA error: no kernel image is available for execution on the device"
    )
    assert causes(line)[0].rule == "gpu-arch-newer-than-build"
    assert causes(line)[0].score > causes(line)[1].score + 90


def test_a_library_for_another_processor_comes_before_what_it_leaves_out():
    library = "/env/lib/python3.12/site-packages/torch/lib/libtorch_cpu.dylib"
    text = (
        "ImportError: dlopen(/env/lib/python3.12/site-packages/torch/_C.cpython-312-darwin.so, 0x0002): "
        "Library not loaded: @rpath/libtorch_cpu.dylib\n"
        "  Referenced from: /env/lib/python3.12/site-packages/torch/lib/libtorch_python.dylib\n"
        "  Reason: tried: '{}' ({})"
    )
    other = "mach-o file, but is an incompatible architecture (have 'x86_64', need 'arm64')"
    assert first(text.format(library, other)) == "rosetta-x86-python-on-apple-silicon"
    assert first(text.format(library, "no such file")) == "local-torch-shadow-or-broken-import"


def test_a_wrapper_names_no_cause():
    wrapped = "torch._dynamo.exc.BackendCompilerFailed: backend='inductor' raised:\n"
    assert causes(f"{wrapped}InvalidCxxCompiler: No working C++ compiler found in config")[0].rule == (
        "no-cpp-compiler-for-inductor"
    )
    assert causes(wrapped)[0].rule == "not-environment-pytorch-bug"


def test_a_loader_s_error_is_of_the_package_that_raised_it():
    frame = '  File "C:\\a\\lib\\site-packages\\{}\\__init__.py", line 9, in <module>\n    from .core import *\n'
    said = "ImportError: DLL load failed: The specified module could not be found."
    assert causes(frame.format("zmq") + said)[0].rule == "foreign-extension-dll-load"
    assert causes(frame.format("torch") + said)[0].rule == "windows-dll-load-126"
    assert (
        causes('  File "C:\\work\\run.py", line 9, in <module>\n    import x\n' + said)[0].rule
        == "windows-dll-load-126"
    )

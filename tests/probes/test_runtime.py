"""The runtime probe: what broken torches become as facts."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from doctor.probes import Absent, Crashed, packages, runtime
from doctor.probes._examination import library_named
from doctor.target import Target
from tests import environments
from tests.environments import SMALL_TORCH, fake_torch, package, site_packages
from tests.processes import CRASH, CRASHED, START_S

ABORTED = "exit 3" if sys.platform == "win32" else "died of SIGABRT"


@pytest.fixture
def site(bare_python) -> Path:
    return site_packages(bare_python.parent.parent)


def probed(python: Path, deadline_s: float = 20.0):
    return runtime.probe(Target(python, cwd=python.parent, deadline_s=deadline_s))


def test_no_torch(bare_python):
    with pytest.raises(Absent, match="no torch to import"):
        probed(bare_python)


def test_a_target_that_does_not_start(tmp_path):
    with pytest.raises(Crashed, match="did not start: not found"):
        probed(tmp_path / "gone")


def test_a_module_that_torch_needs_is_missing(bare_python, site):
    fake_torch(site, "import typing_extensions")
    found = probed(bare_python)
    assert (found.imported, found.failure.message) == (
        False,
        "ModuleNotFoundError: No module named 'typing_extensions'",
    )


def test_segfault_on_import(bare_python, site):
    fake_torch(site, CRASH)
    found = probed(bare_python)
    assert found.imported is False
    assert (found.stopped_at, found.failure.signal) == ("import torch", CRASHED)
    assert found.failure.message == f"import torch: died of {CRASHED}"
    assert str(Path("torch/__init__.py")) in found.failure.text


def test_hang_on_import(bare_python, site):
    fake_torch(site, "import time; time.sleep(600)")
    found = probed(bare_python, deadline_s=2.0 + START_S)
    assert found.imported is False
    assert found.failure.timed_out
    assert str(Path("torch/__init__.py")) in found.failure.text  # where it hung


def test_steps_behind_a_crash_are_tried_too(bare_python, site):
    fake_torch(site, SMALL_TORCH)
    package(site, "torchvision", "0.22.1", {"torchvision/__init__.py": "import os; os.abort()"})
    found = probed(bare_python)
    assert found.imported is True
    assert found.stopped_at == "torchvision"
    assert found.module("torchvision").failure.message == f"torchvision: {ABORTED}"
    assert (found.cuda_available, found.cuda_device_count) == (False, 0)  # asked after torchvision


def test_crash_while_asking_cuda(bare_python, site):
    broken = SMALL_TORCH.replace("is_available=lambda: False", "is_available=lambda: __import__('os').abort()")
    fake_torch(site, broken)
    found = probed(bare_python)
    assert found.imported is True
    assert found.stopped_at == "cuda"
    assert found.cuda_available is None
    assert next(d for d in found.devices if d.device == "cuda").error.startswith(f"cuda: {ABORTED}")


def test_an_extension_built_for_another_torch(bare_python, site):
    fake_torch(site, SMALL_TORCH)
    failing = "raise ImportError('/e/flash_attn_2_cuda.so: undefined symbol: _ZN3c105ErrorC2E')"
    package(site, "flash-attn", "2.7.0", {"flash_attn_2_cuda.py": failing})
    module = probed(bare_python).module("flash_attn")
    assert module.failure.library == "/e/flash_attn_2_cuda.so"


def test_warning_of_cuda_is_kept(bare_python, site):
    text = "CUDA initialization: The NVIDIA driver on your system is too old (found version 11040)."
    warned = SMALL_TORCH.replace("lambda: False", f"lambda: bool(__import__('warnings').warn({text!r}))")
    fake_torch(site, warned)
    assert probed(bare_python).cuda_warning == text


@pytest.mark.parametrize(
    "text",
    [
        "Found no NVIDIA driver on your system. Please",
        "\nFound no NVIDIA driver on your system. Please check that you\nhave one",  # torch 1.4
        "No CUDA GPUs are available",
    ],
)
def test_no_gpu_is_no_warning(bare_python, site, text):
    fake_torch(
        site,
        SMALL_TORCH.replace("cuda=None", "cuda='12.6'")
        + f"""
def init():
    raise RuntimeError({text!r})
cuda.init = init
""",
    )
    found = probed(bare_python)
    assert (found.cuda_available, found.cuda_warning) == (False, "")


def test_noise_of_the_target_changes_nothing(bare_python, site):
    fake_torch(site, "print('{\"done\": 1}', end='')\nimport sys; sys.stdout.close()\n" + SMALL_TORCH)
    assert probed(bare_python).imported is True


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("OSError: libcudart.so.12: cannot open shared object file: No such file or directory", "libcudart.so.12"),
        ("/e/torch/lib/libtorch_cpu.so: undefined symbol: iJIT_NotifyEvent", "/e/torch/lib/libtorch_cpu.so"),
        ("/lib/libstdc++.so.6: version `GLIBCXX_3.4.30' not found (required by /e/x.so)", "/lib/libstdc++.so.6"),
        ("OSError: /e/torch/lib/libtorch_cpu.so: file too short", "/e/torch/lib/libtorch_cpu.so"),
        (
            '[WinError 126] not found. Error loading "C:\\e\\fbgemm.dll" or one of its dependencies.',
            "C:\\e\\fbgemm.dll",
        ),
        ("dlopen(/e/_C.so, 0x2): Library not loaded: @rpath/libomp.dylib", "@rpath/libomp.dylib"),
        ("RuntimeError: operator torchvision::nms does not exist", ""),
    ],
)
def test_library_that_failed(text, named):
    assert library_named(text) == named


@pytest.mark.heavy
def test_real_torch(torch_python):
    found = probed(torch_python, 120.0)
    assert found.imported is True
    assert found.failure is None
    assert {m.name for m in found.modules if m.failure is None} >= {
        "numpy bridge",
        "torchvision",
        "torchvision.ops",
        "torchvision.io",
    }
    assert next(d for d in found.devices if d.device == "cpu").ok
    assert found.threads
    if sys.platform == "linux":
        assert any("libtorch_cpu" in path for path in found.loaded_libraries)


@pytest.mark.heavy
def test_broken_pair(broken_pair_python):
    found = probed(broken_pair_python, 120.0)
    failure = found.module("torchvision").failure
    assert found.imported is True
    assert failure.message == "RuntimeError: operator torchvision::nms does not exist"


@pytest.mark.heavy
def test_numpy_2_beside_a_torch_for_numpy_1(numpy2_python):
    found = probed(numpy2_python, 120.0)
    assert found.imported is True
    assert found.module("numpy bridge").failure.message == "RuntimeError: Numpy is not available"
    assert any("_ARRAY_API not found" in warning for warning in found.warnings)


@pytest.mark.heavy
def test_truncated_library(broken_pair_python, tmp_path):
    copy = environments.linked_copy(broken_pair_python.parent.parent, tmp_path / "copy")
    whole = site_packages(tmp_path / "copy") / "torch" / "lib" / "libtorch_cpu.so"
    start = whole.read_bytes()[: 1 << 20]
    whole.unlink()  # a hard link: writing into it would change the original
    whole.write_bytes(start)
    found = probed(copy, 120.0)
    assert found.imported is False
    assert found.failure.signal == "SIGBUS"  # the loader reads beyond the end of the file
    damaged = packages.probe(Target(copy)).damaged
    assert [(Path(d.path).name, d.problem) for d in damaged] == [("libtorch_cpu.so", "size")]

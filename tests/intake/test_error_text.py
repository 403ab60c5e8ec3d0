"""What error texts say of the machine they come from."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doctor.facts import Host
from doctor.intake import error_text

WINDOWS = r"""
Traceback (most recent call last):
  File "C:\Users\mei\miniconda3\envs\paint\lib\site-packages\torch\__init__.py", line 148, in <module>
    raise err
OSError: [WinError 126] Error loading "C:\Users\mei\miniconda3\envs\paint\lib\site-packages\torch\lib\fbgemm.dll"
"""
LINUX = """
  File "/opt/conda/lib/python3.10/site-packages/torch/cuda/__init__.py", line 298, in _lazy_init
    torch._C._cuda_init()
RuntimeError: The NVIDIA driver on your system is too old (found version 11040). Please update your GPU driver
"""
MAC = """
  File "/Users/ada/work/.venv/lib/python3.12/site-packages/torch/__init__.py", line 367, in <module>
ImportError: dlopen(/Users/ada/work/.venv/lib/python3.12/site-packages/torch/_C.cpython-312-darwin.so, 0x0002):
 Library not loaded: @rpath/libtorch_cpu.dylib
"""
OLD_GPU = """
/home/lab/env/lib/python3.9/site-packages/torch/cuda/__init__.py:184: UserWarning:
    Found GPU0 Tesla K80 which is of cuda capability 3.7.
    PyTorch no longer supports this GPU because it is too old.
"""
NEW_GPU = """
UserWarning:
NVIDIA GeForce RTX 5080 with CUDA capability sm_120 is not compatible with the current PyTorch installation.
The current PyTorch install supports CUDA capabilities sm_50 sm_60 sm_70 sm_75 sm_80 sm_86 sm_90.
"""
XFORMERS = "PyTorch 2.3.0+cu121 with CUDA 1201 (you have 2.3.1+cpu)"


def told(text: str, path: str) -> Any:
    section, _, field = path.partition(".")
    value = error_text.read(text).get(section)
    return getattr(value, field, None)


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        (WINDOWS, "host.os", "windows"),
        (WINDOWS, "python.kind", "conda"),
        (WINDOWS, "torch.version", None),
        (LINUX, "host.os", "linux"),
        (LINUX, "python.version", "3.10"),
        (LINUX, "python.kind", "conda"),
        (LINUX, "nvidia.cuda_version", "11.4"),
        (MAC, "host.os", "macos"),
        (MAC, "python.version", "3.12"),
        (MAC, "python.kind", "venv"),
        (OLD_GPU, "host.os", "linux"),
        (OLD_GPU, "python.version", "3.9"),
        (NEW_GPU, "runtime.arch_list", ("sm_50", "sm_60", "sm_70", "sm_75", "sm_80", "sm_86", "sm_90")),
        (NEW_GPU, "runtime.imported", True),
        (XFORMERS, "torch.version", "2.3.1+cpu"),
        (XFORMERS, "torch.build", "cpu"),
        (f"built for:\n    {XFORMERS}\n    Python  3.11.9 (you have 3.11.4)", "torch.version", "2.3.1+cpu"),
        (
            "ImportError: /usr/lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.30' not found",
            "host.os",
            "linux",
        ),
        ("OSError: [WinError 1455] The paging file is too small", "host.os", "windows"),
        ("UnicodeDecodeError: 'gbk' codec can't decode byte 0xa2", "host.os", "windows"),
        ("LINK : fatal error LNK1104: cannot open file 'kernel32.lib'", "host.os", "windows"),
        ("cl : Command line warning D9024 : unrecognized source file type", "host.os", "windows"),
        ("File /content/train.py, line 3: RuntimeError: no CUDA GPUs", "python.jupyter", True),
        ("Linux-5.15.167.4-microsoft-standard-WSL2-x86_64-with-glibc2.35", "host.wsl", 2),
        ("Python 3.11.9 (tags/v3.11.9:de54cf5)", "python.version", "3.11.9"),
        ("torch==2.5.1+cu124 is installed but torchvision==0.20.0", "torch.version", "2.5.1+cu124"),
        ("ERROR: No matching distribution found for torch==2.1.2+cu118x", "torch.version", None),
        ("hipErrorNoBinaryForGpu on gfx1031", "amd.gpus", None),
    ],
)
def test_facts(text: str, path: str, value: object) -> None:
    if path == "amd.gpus":
        assert error_text.read(text)["amd"].gpus[0].gfx == "gfx1031"
    else:
        assert told(text, path) == value


def test_gpus_with_their_capability() -> None:
    (old,) = error_text.read(OLD_GPU)["nvidia"].gpus
    (new,) = error_text.read(NEW_GPU)["nvidia"].gpus
    assert (old.name, old.compute_capability) == ("Tesla K80", "3.7")
    assert (new.name, new.compute_capability) == ("NVIDIA GeForce RTX 5080", "12.0")


def test_a_gpu_that_several_warnings_speak_of_is_one() -> None:
    again = (
        "Found GPU0 Quadro P4000 which is of cuda capability 6.1.\n"
        "Quadro P4000 with CUDA capability sm_61 is not compatible with the current PyTorch installation.\n"
    )
    (one,) = error_text.read(again * 2)["nvidia"].gpus
    assert (one.name, one.index, one.compute_capability) == ("Quadro P4000", 0, "6.1")
    two = error_text.read(again + again.replace("GPU0", "GPU1"))["nvidia"].gpus
    assert [gpu.index for gpu in two] == [0, 1]


def test_a_gpu_by_its_name_only_where_one_model_is_named() -> None:
    one = error_text.read("RuntimeError on my RTX 3060, the NVIDIA GeForce RTX 3060 worked before")
    assert [gpu.name for gpu in one["nvidia"].gpus] == ["NVIDIA GeForce RTX 3060"]
    assert "nvidia" not in error_text.read("It works on an RTX 4090 and fails on an RTX 3060")
    assert "nvidia" not in error_text.read("RuntimeError on my RTX 3060", with_names=False)


@pytest.mark.parametrize(
    "text",
    [
        'File "C:\\work\\a.py"\nlibtorch.so: cannot open',
        'File "/Users/ada/a.py"\n/home/ada/x.so: undefined symbol',
        "RuntimeError: CUDA error: invalid device ordinal",
        "",
    ],
)
def test_where_two_systems_speak_or_none_nothing_is_guessed(text: str) -> None:
    assert error_text.read(text).get("host", Host()).os is None


def test_where_two_pythons_speak_neither_is_told() -> None:
    assert told("/a/lib/python3.9/site-packages/x.py /b/lib/python3.11/site-packages/y.py", "python.version") is None


def test_what_a_text_names() -> None:
    named = error_text.named(
        "[rank3] libcudart.so.11.0: cannot open shared object file\n"
        "HTTPError: 403 Client Error for https://Files.Example.com/a.whl\n"
        "exitcode: -11 died with SIGSEGV rank: 0"
    )
    assert named.libraries == ("libcudart.so.11.0",)
    assert named.hosts == ("files.example.com",)
    assert named.statuses == (403,)
    assert named.signals == ("SIGSEGV",)
    assert named.exit_codes == (-11,)
    assert named.ranks == (3, 0)


def test_a_long_text_is_read_at_both_ends() -> None:
    text = (
        LINUX
        + "step 1 loss 0.3\n" * 200_000
        + MAC.replace("/Users/ada", "/home/ada").replace("darwin", "x86_64-linux-gnu")
    )
    assert told(text, "nvidia.cuda_version") == "11.4"
    assert told(text, "python.version") is None


@given(st.text(max_size=400))
@settings(max_examples=200)
def test_any_text_is_read(text: str) -> None:
    assert isinstance(error_text.read(text), dict)
    assert error_text.named(text).text == text


@pytest.mark.parametrize(
    ("text", "system", "machine", "libc"),
    [
        (
            "hint: You're on macOS (`macosx_14_0_x86_64`), but it has `win_amd64`, `manylinux1_x86_64`",
            "macos",
            "x86_64",
            None,
        ),
        ("hint: You're on Linux (`manylinux_2_35_aarch64`), but only `macosx_11_0_arm64`", "linux", "aarch64", "2.35"),
        (
            "hint: You're on Windows (`win_amd64`), but it only has wheels for `macosx_11_0_arm64`",
            "windows",
            "x86_64",
            None,
        ),
        ("no wheels with a matching platform tag (e.g., `macosx_15_0_x86_64`)", "macos", "x86_64", None),
        ("  at /opt/homebrew/Cellar/poetry/2.0/libexec/lib/python3.12/x.py:74 in choose_for", "macos", "arm64", None),
        ("  at /usr/local/Cellar/poetry/2.0/libexec/lib/python3.12/x.py in /Users/me/x", "macos", "x86_64", None),
        ("platform.platform(): macOS-14.4-x86_64-i386-64bit", "macos", "x86_64", None),
    ],
)
def test_the_platform_by_what_installers_say_of_it(text: str, system: str, machine: str, libc: str | None) -> None:
    host = error_text.read(text)["host"]
    assert (host.os, host.architecture, host.libc_version) == (system, machine, libc)


@pytest.mark.parametrize(
    "text",
    [
        'Command: "python" -m pip install torch==2.1.0+cu118 --index-url https://example.org',
        "Collecting torch==2.1.0+cu118",
        "RuntimeError: Couldn't install torch==2.1.0+cu118",
        "UserWarning: In PyTorch 1.1.0 and later, you should call them in the opposite order",
        "ImportError: this needs PyTorch 2.4.0 or newer",
    ],
)
def test_a_version_that_is_asked_for_is_not_installed(text: str) -> None:
    assert "torch" not in error_text.read(text)
    assert error_text.read("- torch==2.1.0+cu118")["torch"].version == "2.1.0+cu118"


def test_of_several_versions_that_were_tried_none_is_told() -> None:
    assert "torch" not in error_text.read("PyTorch 2.1.0, 2.0.1 and 1.13.1 (all failed)")
    assert error_text.read("PyTorch 2.1.0, Python 3.10")["torch"].version == "2.1.0"


def test_a_nightly_keeps_its_date_and_its_build() -> None:
    torch = error_text.read(">>> torch.__version__\n'2.9.0.dev20250712+xpu'")["torch"]
    assert torch.version == "2.9.0.dev20250712+xpu"
    assert error_text.read("torch.__version__: 2.9.0.dev20250712+xpu")["torch"].build == "xpu"
    assert error_text.read("torch 2.11.0+rocm7.13.0a20260506  hip 7.13.26176")["torch"].version.endswith("a20260506")

from __future__ import annotations

import pytest

from doctor.text.lines import Kind, bare, kind_of


@pytest.mark.parametrize(
    "prefix",
    [
        "[rank0]: ",
        "[default3]:",
        "2024-01-02 03:04:05,678 ",
        "2022-11-02T18:33:16.2036585Z ",
        "worker-1  | ",
        "(EngineCore_DP0 pid=68) ",
        "(pid=1234) ",
        "E   ",
        "> ",
        "12:34:56.789 ",
        "0: ",
        "\x1b[31m",
        "(RayWorkerVllm pid=7602) ERROR 04-07 00:57:46 ray_utils.py:45] ",
        "[1,0]<stderr>:",
        "node-3: [rank2]: ",
        "Nov 29 10:24:01 gpu01 python[4242]: ",
        "E0102 03:04:05.678901  4242 worker.cc:12] ",
        "2024-01-02 03:04:05.678 | ERROR    | __main__:main:12 - ",
        "2022-11-02T18:33:16.2036585Z ##[error]",
        "  ╰─▶ ",
        "(EngineCore_DP0 pid=68) ERROR 02-06 16:34:06 [core.py:936] ",
    ],
)
def test_what_loggers_put_before_a_line(prefix: str):
    assert bare(f"{prefix}RuntimeError: CUDA error") == "RuntimeError: CUDA error"


@pytest.mark.parametrize(
    "line",
    ["| RuntimeError: x |", "│ RuntimeError: x  │", "`RuntimeError: x`", "```RuntimeError: x```", 'RuntimeError: x"}'],
)
def test_what_tables_records_and_code_marks_put_around_a_line(line: str):
    assert bare(line).removeprefix("│ ") == "RuntimeError: x"


@pytest.mark.parametrize("line", ["use `--foo`", 'KeyError: "x"', '{"a": "b"}', "std::vector<int> a[3]"])
def test_what_ends_a_line_of_its_own_stays(line: str):
    assert bare(line) == line


def test_prefixes_of_prefixes():
    line = "2024-01-02 03:04:05 [rank1]: RuntimeError: x"
    assert bare(line) == "RuntimeError: x"


def test_a_plain_line_stays():
    assert bare("    return torch._C._cuda_getDeviceCount() > 0") == "    return torch._C._cuda_getDeviceCount() > 0"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("RuntimeError: CUDA error: device-side assert triggered", Kind.EXCEPTION),
        ("torch.cuda.OutOfMemoryError: CUDA out of memory.", Kind.EXCEPTION),
        ("BrokenPipeError: [Errno 32] Broken pipe", Kind.EXCEPTION),
        ("ERROR: No matching distribution found for torch", Kind.EXCEPTION),
        ("AssertionError", Kind.EXCEPTION),
        ("- **Exception Message:** CUDA error: no kernel image is available", Kind.EXCEPTION),
        ("!!! Exception during processing !!! Allocation on device", Kind.EXCEPTION),
        ("A module that was compiled using NumPy 1.x cannot be run in", Kind.WARNING),
        ("/x/torch/cuda/__init__.py:52: UserWarning: CUDA initialization: x", Kind.WARNING),
        ("[W socket.cpp:601] [c10d] x", Kind.WARNING),
        ('  File "train.py", line 3, in <module>', Kind.SOURCE),
        ('    raise AssertionError("Torch not compiled with CUDA enabled")', Kind.SOURCE),
        ('--> 166             raise AssertionError("x")', Kind.SOURCE),
        ("from torch._C import *", Kind.SOURCE),
        ("NVIDIA H100 with CUDA capability sm_90 is not compatible", Kind.PLAIN),
        ("Illegal instruction (core dumped)", Kind.PLAIN),
    ],
)
def test_kinds(line: str, kind: Kind):
    assert kind_of(line) is kind

"""What names, codes and texts mean: right or silent. The books here are small; the atlas' own are data."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from doctor.explain import atlas, messages
from doctor.explain.atlas import Book, Concern, Entry
from doctor.explain.messages import Message
from doctor.explain.outline import read

E, P = Concern.ENVIRONMENT, Concern.PROGRAM
BOOKS = {
    "cuda_runtime": [
        Entry(concern=P, name="cudaErrorInvalidValue", code=1, text="invalid argument", meaning="a bad value"),
        Entry(concern=E, name="cudaErrorMemoryAllocation", code=2, text="out of memory", meaning="GPU full"),
        Entry(
            concern=P,
            name="cudaErrorIllegalAddress",
            code=700,
            text="an illegal memory access was encountered",
            meaning="stray",
        ),
        Entry(concern=E, name="cudaErrorUnknown", code=999, text="unknown error", meaning="state", apart="reboot"),
    ],
    "hip": [Entry(concern=E, name="hipErrorOutOfMemory", code=2, text="out of memory", meaning="AMD GPU full")],
    "cudnn": [Entry(concern=E, name="CUDNN_STATUS_NOT_INITIALIZED", code=1001, meaning="no start")],
    "errno": [
        Entry(concern=P, name="ENOENT", code=2, text="No such file or directory", meaning="not there"),
        Entry(concern=E, name="EIO", code=5, text="Input/output error", meaning="disk"),
        Entry(concern=E, name="ENOSPC", code=28, text="No space left on device", meaning="full"),
        Entry(concern=E, name="EADDRINUSE", code=98, text="Address already in use", meaning="port"),
        Entry(concern=E, name="EADDRINUSE", code=48, text="Address already in use", where="macOS", meaning="port"),
    ],
    "signals": [
        Entry(concern=E, name="SIGBUS", code=7, text="Bus error", meaning="shm"),
        Entry(concern=E, name="SIGKILL", code=9, text="Killed", meaning="memory"),
        Entry(concern=E, name="SIGSEGV", code=11, text="Segmentation fault", meaning="native"),
    ],
    "winerror": [
        Entry(concern=E, name="ERROR_ACCESS_DENIED", code=5, text="Access is denied.", meaning="rights"),
        Entry(
            concern=E,
            name="ERROR_MOD_NOT_FOUND",
            code=126,
            text="The specified module could not be found.",
            meaning="dll",
        ),
    ],
    "ntstatus": [Entry(concern=E, name="STATUS_ACCESS_VIOLATION", code=0xC0000005, meaning="violation")],
    "http": [
        Entry(concern=E, code=403, text="Forbidden", meaning="refused"),
        Entry(concern=E, code=407, text="Proxy Authentication Required", meaning="proxy"),
        Entry(concern=E, code=502, text="Bad Gateway", meaning="gateway"),
    ],
    "tls": [Entry(concern=E, name="CERTIFICATE_VERIFY_FAILED", text="certificate verify failed", meaning="issuer")],
    "hosts": [Entry(concern=E, name="huggingface.co", meaning="the hub")],
    "pip": [
        Entry(
            concern=E,
            text="Could not find a version that satisfies the requirement {} (from versions: {})",
            meaning="index",
        ),
        Entry(
            concern=E,
            text="Could not find a version that satisfies the requirement {} (from versions: none)",
            meaning="none",
        ),
        Entry(concern=E, text="CUDA error: {} while it ran", meaning="general"),
        Entry(concern=P, text="Expected {} but got {}", meaning="never"),
        Entry(concern=P, text="Ignored {} of the following versions", meaning=""),
    ],
}


@pytest.fixture(autouse=True)
def small_atlas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name, entries in BOOKS.items():
        whole = Book(schema_version=1, library=name, version="1", source="here", entries=tuple(entries))
        (tmp_path / f"{name}.json").write_bytes(msgspec.json.encode(whole))
    monkeypatch.setattr(atlas, "FOLDER", tmp_path)
    made = (atlas.book, messages._names, messages._codes, messages._texts)
    for one in made:
        one.cache_clear()
    yield
    for one in made:
        one.cache_clear()


def found(text: str) -> tuple[Message, ...]:
    return messages.messages(read(text, text.count("\n") + 1))


def told(text: str) -> list[str]:
    return [f"{message.library} {message.name or message.code or message.meaning}" for message in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CUDA error 700 in x.cu", ["cuda_runtime cudaErrorIllegalAddress"]),
        ("RuntimeError: CUDA call failed, error code 999", ["cuda_runtime cudaErrorUnknown"]),
        ("RuntimeError: CUDA error: unknown error", ["cuda_runtime cudaErrorUnknown"]),
        ("CUDA error: an illegal memory access was encountered while it ran", ["cuda_runtime cudaErrorIllegalAddress"]),
        ("RuntimeError: CUDA error: out of memory", ["cuda_runtime cudaErrorMemoryAllocation"]),
        ("RuntimeError: HIP error: out of memory", ["hip hipErrorOutOfMemory"]),
        ("(error: CUDNN_STATUS_NOT_INITIALIZED)", ["cudnn CUDNN_STATUS_NOT_INITIALIZED"]),
        ("OSError: [Errno 28] No space left on device: '/x'", ["errno ENOSPC"]),
        ("cp: write error: No space left on device", ["errno ENOSPC"]),
        ("The server socket has failed to bind (errno: 98 - Address already in use).", ["errno EADDRINUSE"]),
        ("failed to read (os error 5)", ["errno EIO"]),
        ("failed to read C:\\x (os error 5)", ["winerror ERROR_ACCESS_DENIED"]),
        ("OSError: [WinError 126] 找不到指定的模块", ["winerror ERROR_MOD_NOT_FOUND"]),
        ("exitcode  : -9 (pid: 12)", ["signals SIGKILL"]),
        ("worker failed with exit code -11", ["signals SIGSEGV"]),
        ("Command died with <Signals.SIGKILL: 9>.", ["signals SIGKILL"]),
        ("process ended: exit status 137", ["signals SIGKILL"]),
        ("Signal 7 (SIGBUS) received by PID 3", ["signals SIGBUS"]),
        ("Killed", ["signals SIGKILL"]),
        ("Bus error (core dumped)", ["signals SIGBUS"]),
        ("finished with exit code -1073741819 (0xC0000005)", ["ntstatus STATUS_ACCESS_VIOLATION"]),
        ("returned non-zero exit status 3221225477.", ["ntstatus STATUS_ACCESS_VIOLATION"]),
        ("urllib.error.HTTPError: HTTP Error 403: Forbidden", ["http 403"]),
        ("ConnectionError: (Caused by ProxyError('x', OSError('Tunnel connection failed: 407 Proxy')))", ["http 407"]),
        ("502 Server Error: Bad Gateway for url: https://huggingface.co/x", ["http 502", "hosts huggingface.co"]),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", ["tls CERTIFICATE_VERIFY_FAILED"]),
        ("ERROR: Could not find a version that satisfies the requirement torch (from versions: none)", ["pip none"]),
        ("ERROR: Could not find a version that satisfies the\n requirement torch (from versions: 1, 2)", ["pip index"]),
    ],
)  # fmt: skip
def test_meanings(text: str, expected: list[str]):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "epoch 700 of CUDA training",
        "error 5 of 10",
        "step 137: exit",
        "exit code 1",
        "line 403, in f",
        "unknown error",
        "out of memory",
        "the process was Killed by me yesterday",
        "see https://huggingface.co/docs",
        "RuntimeError: no installation; for more see https://huggingface.co/docs",
        "Expected 3 but got 4",
        "found Ignored 3 of the following versions",
        'raise OSError("[Errno 28] No space left on device")',
        "npm ERR! errno 5",
        "C:\\x\\a.exe exited with code 137",
        "",
    ],
)
def test_silent_where_the_context_does_not_tell(text: str):
    assert told(text) == []


def test_a_macs_own_numbers_on_a_mac_only():
    text = "OSError: [Errno 48]"
    assert told(text) == []
    assert told(f"/Users/me/train.py\n{text}") == ["errno EADDRINUSE"]


def test_what_is_about_the_environment_comes_first_with_its_line():
    both = found("x\nFileNotFoundError: [Errno 2] No such file or directory: 'a'\nCUDA error 999\n")
    assert [(m.name, m.line_number, m.apart) for m in both] == [("cudaErrorUnknown", 3, "reboot"), ("ENOENT", 2, "")]


def test_of_a_long_text_only_the_ends_and_what_is_near_exceptions():
    quiet = "CUDA error 700\n"
    filler = "x\n" * 300
    assert told(f"{filler}{quiet}{filler}") == []
    assert told(f"{filler}{quiet}RuntimeError: y\n{filler}") == ["cuda_runtime cudaErrorIllegalAddress"]

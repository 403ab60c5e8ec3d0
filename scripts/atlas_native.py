"""What native libraries answer with: their error codes from the headers in the wheels, and the libraries' own texts.

Names and numbers come from the headers of an environment, texts from its libraries where they load here. What belongs
to no wheel (errno, signals, HTTP, TLS) is asked of this Python and the system's libraries.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import errno
import http
import importlib.util
import os
import re
import signal
import ssl
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from atlas_coverage import Message


class Source(NamedTuple):
    """Where a book's codes lie: an enumeration that begins with `first`, and who puts them in words."""

    book: str
    header: str
    first: str
    member: str
    library: str = ""
    ask: str = ""


SOURCES = (
    Source("cuda_runtime", "driver_types.h", "cudaSuccess", r"cuda\w+", "libcudart.so", "cudaGetErrorString"),
    Source("cuda_driver", "cuda.h", "CUDA_SUCCESS", r"CUDA_\w+"),
    Source("cudnn", "cudnn_graph.h", "CUDNN_STATUS_SUCCESS", r"CUDNN_STATUS_\w+", "libcudnn.so", "cudnnGetErrorString"),
    Source("cudnn", "cudnn_ops_infer.h", "CUDNN_STATUS_SUCCESS", r"CUDNN_STATUS_\w+"),
    Source("cublas", "cublas_api.h", "CUBLAS_STATUS_SUCCESS", r"CUBLAS_\w+", "libcublas.so", "cublasGetStatusString"),
    Source(
        "cusparse", "cusparse.h", "CUSPARSE_STATUS_SUCCESS", r"CUSPARSE_\w+", "libcusparse.so", "cusparseGetErrorString"
    ),
    Source("cusolver", "cusolver_common.h", "CUSOLVER_STATUS_SUCCESS", r"CUSOLVER_\w+"),
    Source("cufft", "cufft.h", "CUFFT_SUCCESS", r"CUFFT_\w+"),
    Source("nvrtc", "nvrtc.h", "NVRTC_SUCCESS", r"NVRTC_\w+", "libnvrtc.so", "nvrtcGetErrorString"),
    Source("nccl", "nccl.h", "ncclSuccess", r"nccl(?!NumResults)\w+", "libnccl.so", "ncclGetErrorString"),
    Source("nvml", "pynvml.py", "NVML_SUCCESS", r"NVML_(?:SUCCESS|ERROR_\w+)"),
    Source("hip", "hip_runtime_api.h", "hipSuccess", r"hip\w+"),
    Source("level_zero", "ze_api.h", "ZE_RESULT_SUCCESS", r"ZE_\w+"),
)
_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
LAST_VERIFY_CODE = 200  # OpenSSL 3.2 counts to 95


def extract(environment: Path) -> dict[str, list[Message]]:
    """Each book's codes, as far as the environment and this system have them."""
    files = _files(environment)
    books: dict[str, list[Message]] = {}
    for source in SOURCES:
        found = [said for header in files.get(source.header, ()) for said in _of_header(source, header, files)]
        if found:
            books[source.book] = list(dict.fromkeys([*books.get(source.book, ()), *found]))
    return books | _of_system()


def _files(environment: Path) -> dict[str, list[Path]]:
    """Headers and libraries that are wanted; a library also under its name without a version."""
    wanted = {source.header for source in SOURCES} | {source.library for source in SOURCES}
    files: dict[str, list[Path]] = {}
    for folder, _, names in sorted(os.walk(environment)):
        for name in names:
            plain = re.sub(r"(?<=\.so)\.[\d.]+$", "", name)
            if plain in wanted:
                files.setdefault(plain, []).append(Path(folder, name))
    spec = importlib.util.find_spec("pynvml")  # the doctor's own copy
    if spec and spec.origin:
        files.setdefault("pynvml.py", [Path(spec.origin)])
    return files


def _of_header(source: Source, header: Path, files: dict[str, list[Path]]) -> Iterator[Message]:
    members = codes(header.read_text(encoding="utf-8", errors="replace"), source.first, source.member)
    texts = _texts(source, files, sorted(set(members.values())))
    for name, code in members.items():
        text = texts.get(code, "")
        yield Message(name, code, "" if text in members else text, "")  # some libraries answer with the name alone


def codes(text: str, first: str, member: str) -> dict[str, int]:
    """Names and numbers of the enumeration that begins with `first`; a number may be another member's name."""
    body = re.search(rf"\b{first}\s*=\s*0[^}}]*", _COMMENT.sub("", text))
    numbers: dict[str, int] = {}
    for name, value in re.findall(rf"\b({member})\b[^=,;]*=\s*(\w+)", body[0] if body else ""):
        numbers[name] = numbers[value] if value in numbers else int(value, 0)
    return numbers


def _texts(source: Source, files: dict[str, list[Path]], numbers: list[int]) -> dict[int, str]:
    """The library's own words; none where it does not load here, is too old for the question, or is not there."""
    for path in files.get(source.library, ()) if source.library else ():
        try:
            ask = getattr(ctypes.CDLL(str(path)), source.ask)
        except (OSError, AttributeError):
            continue
        ask.restype = ctypes.c_char_p
        return {number: (ask(number) or b"").decode() for number in numbers}
    return {}


def _of_system() -> dict[str, list[Message]]:
    books = {
        "http": [Message("", each.value, each.phrase, "") for each in http.HTTPStatus],
        "tls": [*_alerts(), *_verify_codes()],
    }
    if sys.platform == "linux":  # whose numbers and words these books have
        books["errno"] = [
            Message(name, code, os.strerror(code), "") for name, code in vars(errno).items() if name[0] == "E"
        ]
        books["signals"] = [Message(each.name, each.value, signal.strsignal(each) or "", "") for each in signal.Signals]
    return books


def _alerts() -> Iterator[Message]:
    for alert in ssl.AlertDescription:
        yield Message(alert.name.removeprefix("ALERT_DESCRIPTION_"), alert.value, "", "alert")


def _verify_codes() -> Iterator[Message]:
    """What OpenSSL says of a certificate, as it stands in ssl.SSLCertVerificationError."""
    path = ctypes.util.find_library("crypto")
    if path is None:
        return
    ask = ctypes.CDLL(path).X509_verify_cert_error_string
    ask.argtypes, ask.restype = [ctypes.c_long], ctypes.c_char_p
    for code in range(LAST_VERIFY_CODE):
        text = ask(code).decode()
        if not text.startswith("unknown certificate"):
            yield Message("", code, text, "certificate")

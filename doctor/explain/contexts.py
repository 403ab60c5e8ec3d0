"""Where in a line a number is a code of a library, and where a word is a library's own: data for the atlas' lookup."""

from __future__ import annotations

from collections.abc import Callable

_SIGNED = 2**32
_EXIT = r"(?i:\bexit(?:ed)?(?: with)?(?: exit)?[ _]?(?:code|status|value)|\breturn(?:ed|[ _]?code))\s{0,3}[ :=(]{1,3}"
CUDA_BOOKS = ("cuda_runtime", "cuda_driver")
# A number's context, the books that count so, and what turns the text of the number into their code
CODES: tuple[tuple[str, tuple[str, ...], Callable[[str], int]], ...] = (
    (r"\bCUDA (?:runtime |driver )?(?:error|failure)(?: code)?[ :=(]{1,3}(\d{1,4})\b", CUDA_BOOKS, int),
    (r"\bCUDA\b.{0,80}\berror code:? (\d{1,4})\b", CUDA_BOOKS, int),
    (r"\bcuInit\b.{0,40}\b(?:returned|error|failed with)[ :]{1,2}(\d{1,4})\b", ("cuda_driver",), int),
    (r"\bHIP (?:runtime )?(?:error|failure)(?: code)?[ :=(]{1,3}(\d{1,4})\b", ("hip",), int),
    (r"\b(?:NVML|nvml\w*)\b.{0,40}\b(?:error|returned)(?: code)?[ :=]{1,3}(\d{1,4})\b", ("nvml",), int),
    (r"\bNCCL (?:error|failure)(?: code)?[ :=]{1,3}(\d{1,2})\b", ("nccl",), int),
    (r"\[Errno (-?\d{1,5})\]|\(errno[ :=]{1,3}(-?\d{1,3})\b", ("errno", "winerror"), int),
    (r"\bWinError (\d{1,5})\b", ("winerror",), int),
    (r"\(os error (\d{1,5})\)", ("os error",), int),
    (r"\b(?:[Ss]ignal|SIGNAL)(?: number)?[ :=]{1,2}(\d{1,2})\b(?!\s*/)|<Signals\.\w+: (\d{1,2})>", ("signals",), int),
    (rf"{_EXIT}(-\d{{1,2}})\b", ("signals",), lambda n: -int(n)),
    (rf"{_EXIT}(1[2-9]\d)\b", ("signals",), lambda n: int(n) - 128),
    (rf"{_EXIT}(-\d{{9,10}}|[34]\d{{9}})\b", ("ntstatus",), lambda n: int(n) % _SIGNED),
    (r"\b0x([CcEe]0[0-9A-Fa-f]{6})\b", ("ntstatus",), lambda n: int(n, 16)),
    (r"\bHTTP(?:/\d(?:\.\d)?|Error:?| Error| error| status(?: code)?)[ :]{0,2}([45]\d\d)\b", ("http",), int),
    (r"\b([45]\d\d) (?:Client|Server) Error\b|HTTP status (?:client|server) error \((\d{3})\b", ("http",), int),
    (r"\bTunnel connection failed: ([45]\d\d)\b", ("http",), int),
    (r"\b(?:status(?:[ _]code)?|response code|returned error)[ :=]{1,3}([45]\d\d)\b", ("http",), int),
    (r"\bSSL alert number (\d{1,3})\b", ("tls",), int),
)
# What a line must hold for a text or a short name to be of this library: others use the same words
OF_LIBRARY = {
    "hosts": r"(?i)timed? ?out|refused|unreachable|retr(?:y|ies)\b|denied|forbidden|resol[uv]|connect"
    r"|HTTP(?:Error| error| status|/\d| [45]\d\d)|Server Error|Client Error|certificate",
    "cuda_runtime": r"CUDA|cuda",
    "cuda_driver": r"CUDA_ERROR|CUDA driver|libcuda\b|\bcu[A-Z]\w+|\[CUDA\]",
    "cudnn": r"(?i)cudnn",
    "cublas": r"(?i)cublas",
    "cusparse": r"(?i)cusparse",
    "cusolver": r"(?i)cusolver",
    "cufft": r"(?i)cufft",
    "nvrtc": r"(?i)nvrtc",
    "nvml": r"(?i)nvml|nvidia-smi",
    "nccl": r"(?i)nccl|rccl",
    "hip": r"(?i)\bhip|\brocm",
    "level_zero": r"(?i)level.?zero|\bsycl|\bxpu\b|\bUR_|\bPI_|\bZE_",
    "tls": r"(?i)\bssl|\btls|certificate",
    "winerror": r"WinError|(?i:windows)|[A-Z]:\\",
    "ntstatus": r"(?i)windows|[A-Z]:\\|0x[CE]0",
    "http": r"(?!)",  # its phrases are everybody's words: the numbers tell
}

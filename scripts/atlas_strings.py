"""What torch's compiled libraries say about the environment, from the strings in them.

A message is in pieces there, since numbers and names are put between them when it is printed. An entry of the atlas is
found when all its pieces are; a whole sentence that speaks of the environment and belongs to no entry is new.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from pathlib import Path

from atlas_coverage import Message

from doctor.explain import atlas

LIBRARIES = ("c10", "c10_cuda", "torch_python", "torch_cpu", "torch_cuda")
BOOK = "torch_cpp"
_RUN = re.compile(rb"[\x20-\x7e]{12,2000}")
_PIECE = 12  # characters: shorter ones are anywhere
_OWN = 30  # characters of a piece that make what holds it a part of the same message
_SPEAKS = re.compile(
    r"NVIDIA driver|CUDA GPUs?\b|GPU driver|CUDA driver|shared memory|shm\b|/dev/|pidfd|pinned memory|out of memory"
    r"|(?:server|client) socket|TCPStore|hostname|libuv|gloo device|Gloo connect|[Tt]imed out|[Ww]atchdog"
    r"|NCCL (?:error|operation|timeout|communicator (?:was|has))|NVML|NVRTC error|cuDNN (?:error|version)|dlopen|macOS"
    r"|(?:not|without|with) ?(?:compiled|built|linked)|(?:compiled|built|linked) (?:without|with)|compute capability"
    r"|environment variable|Please (?:update|re-?install|install|upgrade|make sure)|corrupt"
)
_CODE = re.compile(
    r"^(?:Gets|Returns|Loads|Exception raised)\b|^\W|::|<.*>|\{\{|`|//|\((?:int|bool|str|timedelta)"
    r"|INTERNAL ASSERT|INFO:|\.(?:cpp|cu|h)\b"
    r"|For cuDNN|unified SDPA|CUDAPluggable|oneMKL|QNNPACK|ONEDNN_VERBOSE"
)


def extract(torch: Path) -> list[Message]:
    """The messages of the libraries of torch's folder: the atlas' own that are there, and new sentences."""
    said = list(_runs(torch / "lib"))
    if not said:
        return []
    everything = "\n".join(run for _, run in said)
    known = [entry for entry in atlas.book(BOOK).entries if all(piece in everything for piece in pieces(entry.text))]
    texts = "\n".join(entry.text for entry in known)
    own = [piece for entry in known for piece in pieces(entry.text) if len(piece) >= _OWN]
    sentences = ((name, run.strip()) for name, run in said if is_sentence(run))
    new = (
        Message("", None, run, name) for name, run in sentences if run not in texts and not any(o in run for o in own)
    )
    return [*(Message("", None, entry.text, entry.where) for entry in known), *dict.fromkeys(new)]


def pieces(text: str) -> list[str]:
    """The fixed parts of a message that are long enough to tell it."""
    return [part for part in re.split(r"\{\}|\n", text) if len(part) >= _PIECE]


def is_sentence(run: str) -> bool:
    """Whether a string is a whole message about the environment."""
    whole = 40 <= len(run) <= 500 and run.count(" ") >= 5 and run[0].isupper()
    return whole and bool(_SPEAKS.search(run)) and not _CODE.search(run)


def _runs(folder: Path) -> Iterator[tuple[str, str]]:
    """The strings with a space in them, each with its library."""
    for name in LIBRARIES:
        path = folder / f"lib{name}.so"
        if not path.is_file():
            continue
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            for run in _RUN.finditer(content):
                if b" " in run[0]:
                    yield path.name, run[0].decode("ascii")

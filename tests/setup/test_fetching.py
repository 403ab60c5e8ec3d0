"""What installers say when a download breaks off: which file it was, and what is something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from doctor.bootstrap.sizes import size
from doctor.process import ProcessResult
from doctor.setup.fetching import GOES_ON, broken_off, fetch
from doctor.setup.model import Download, quietly
from tests.setup.wheel_index import Index, pure, serving

WHEEL = "torch-2.15.0%2Bcpu-cp312-cp312-manylinux_2_28_x86_64.whl"
TORCH = Download("torch", "2.15.0+cpu", f"https://wheels.example/whl/{WHEEL}", "ab", 200_000_000)
NUMPY = Download("numpy", "2.4.0", "https://wheels.example/numpy-2.4.0-cp312-cp312-manylinux_x86_64.whl", "cd")
UV = """error: Failed to download `torch==2.15.0+cpu`
  cause: Failed to write to the distribution cache
  cause: error decoding response body
  cause: end of file before message length reached
"""
UV_GONE = """error: Request failed after 3 retries
  cause: Failed to fetch: `https://wheels.example/whl/cpu/torch/`
  cause: error sending request for url (https://wheels.example/whl/cpu/torch/)
"""
PIP = f"""Collecting numpy===2.4.0
  Downloading numpy-2.4.0-cp312-cp312-manylinux_x86_64.whl (16.0 MB)
Collecting torch===2.15.0+cpu
  Downloading {WHEEL} (200.0 MB)
error: incomplete-download
× Download failed after 6 attempts because not enough bytes were received (100.0 MB/200.0 MB)
╰─> URL: https://wheels.example/whl/{WHEEL}#sha256=ab
"""
OLDER_PIP = f"""  Downloading {WHEEL} (200.0 MB)
ERROR: Exception:
pip._vendor.urllib3.exceptions.ProtocolError: ('Connection broken: IncompleteRead(100 bytes read, 100 more expected)')
"""
PIP_GONE = """WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by 'NewConnectionError'
ERROR: No matching distribution found for torch===2.15.0+cpu
"""
FULL = """error: Failed to download `torch==2.15.0+cpu`
  cause: No space left on device (os error 28)
"""
WRONG = """error: Failed to download `torch==2.15.0+cpu`
  cause: Hash mismatch for `torch==2.15.0+cpu`
"""


def said(text: str) -> ProcessResult:
    return ProcessResult(("pip",), 1, stdout=text)


@pytest.mark.parametrize("text", [UV, PIP, OLDER_PIP])
def test_the_file_that_broke_off(text: str) -> None:
    assert broken_off(said(text), (NUMPY, TORCH)) == [TORCH]


@pytest.mark.parametrize("text", [UV_GONE, PIP_GONE])
def test_all_that_is_left_where_no_page_came(text: str) -> None:
    assert broken_off(said(text), (NUMPY, TORCH)) == [NUMPY, TORCH]


@pytest.mark.parametrize("text", [FULL, WRONG])
def test_another_fault(text: str) -> None:
    assert broken_off(said(text), (NUMPY, TORCH)) == []


def test_a_file_without_a_hash_could_be_another_elsewhere() -> None:
    bare = Download("torch", "2.15.0+cpu", TORCH.url, "")
    assert broken_off(said(UV), (bare,)) == []


def test_a_beginning_of_another_file_is_given_up(tmp_path: Path) -> None:
    with serving(Index(pure("small", "1.0"))) as index:
        ((name, body),) = index.files.items()
        (tmp_path / name).write_bytes(b"of another")
        said: list[str] = []
        wanted = Download("small", "1.0", f"{index.url.removesuffix('simple')}files/{name}", index.digest(name))
        assert fetch(wanted, tmp_path, (), said.append, quietly) == ""
    assert (tmp_path / name).read_bytes() == body
    host = wanted.url.split("/")[2]
    assert said == [GOES_ON.format(name="small", host=host, done=size(10))]

"""Only variables that matter are read, and nothing private is in their values."""

from __future__ import annotations

from os import pathsep

import msgspec
import pytest

from doctor.privacy import own
from doctor.probes import variables

READ = (
    "CUDA_VISIBLE_DEVICES NVIDIA_VISIBLE_DEVICES LD_LIBRARY_PATH LD_PRELOAD PYTHONPATH PYTHONHOME "
    "CONDA_PREFIX VIRTUAL_ENV TORCH_HOME TORCH_CUDA_ARCH_LIST PYTORCH_CUDA_ALLOC_CONF OMP_NUM_THREADS "
    "MKL_THREADING_LAYER KMP_DUPLICATE_LIB_OK NCCL_DEBUG HSA_OVERRIDE_GFX_VERSION HIP_VISIBLE_DEVICES "
    "ROCR_VISIBLE_DEVICES PIP_INDEX_URL UV_INDEX_URL http_proxy HTTPS_PROXY no_proxy TMPDIR "
    "XDG_CACHE_HOME LANG LC_ALL PYTORCH_ENABLE_MPS_FALLBACK ZE_AFFINITY_MASK DYLD_LIBRARY_PATH PATH "
)
NOT_READ = "AWS_SECRET_ACCESS_KEY GITHUB_TOKEN HF_TOKEN HOSTNAME USER HOME SSH_CONNECTION MAIL MYCUDA_X OLDPATH"


@pytest.fixture(autouse=True)
def alice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("USERPROFILE", raising=False)
    monkeypatch.setenv("HOME", "/home/alice")
    monkeypatch.setenv("USER", "alice")
    monkeypatch.setattr(own, "_host", lambda: "wonderland7")


@pytest.mark.parametrize("name", READ.split())
def test_what_matters_is_read(name: str) -> None:
    assert variables.select({name: "1"}) == {name: "1"}


@pytest.mark.parametrize("name", NOT_READ.split())
def test_everything_else_is_not(name: str) -> None:
    assert variables.select({name: "1"}) == {}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PIP_INDEX_URL", "https://bob:pw@mirror.example.com/simple", "https://mirror.example.com/simple"),
        (
            "PIP_EXTRA_INDEX_URL",
            "https://t@a.example.com/ https://b.example.com/",
            "https://a.example.com/ https://b.example.com/",
        ),
        ("https_proxy", "bob:pw@proxy.example.com:3128", "proxy.example.com:3128"),
        ("HTTP_PROXY", "http://bob:pw@proxy.example.com:3128", "http://proxy.example.com:3128"),
        ("UV_INDEX_PRIVATE_PASSWORD", "hunter2", "…"),
        ("UV_INDEX_PRIVATE_USERNAME", "bob", "…"),
        ("UV_PUBLISH_TOKEN", "abc", "…"),
        ("CONDA_TOKEN", "", ""),
        ("LD_LIBRARY_PATH", f"/home/alice/lib{pathsep}/usr/local/cuda/lib64", f"~/lib{pathsep}/usr/local/cuda/lib64"),
        ("CUDA_VISIBLE_DEVICES", "", ""),
        ("CUDA_VISIBLE_DEVICES", "0,1", "0,1"),
        (
            "CUDA_VISIBLE_DEVICES",
            "GPU-8f3e0d4c-1111-2222-3333-444455556666",
            "GPU-00000001-0000-0000-0000-000000000000",
        ),
        ("UV_KEYRING_PROVIDER", "subprocess", "subprocess"),
        ("TMPDIR", "/scratch/alice/tmp", "/scratch/$USER/tmp"),
    ],
)
def test_values(name: str, value: str, expected: str) -> None:
    assert variables.select({name: value}) == {name: expected}


def test_bytes_that_are_no_text_can_still_be_written_as_json() -> None:
    found = variables.select({"PYTHONPATH": "/data/\udcff\udcfe/中文"})
    assert "中文" in msgspec.json.decode(msgspec.json.encode(found))["PYTHONPATH"]


def test_a_huge_value_is_cut() -> None:
    assert len(variables.select({"PYTHONPATH": "x" * 100_000})["PYTHONPATH"]) < 5000

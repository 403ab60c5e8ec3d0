"""The numbers in which torch keeps the versions of its libraries."""

from __future__ import annotations

import importlib

import pytest

from doctor.target import INSIDE


@pytest.fixture
def steps(monkeypatch):
    monkeypatch.syspath_prepend(str(INSIDE))
    return importlib.import_module("_torch_steps")


@pytest.mark.parametrize(
    ("number", "version"), [(91002, "9.10.2"), (90100, "9.1.0"), (8902, "8.9.2"), (7605, "7.6.5"), (None, "")]
)
def test_cudnn(steps, number, version):
    assert steps._cudnn_text(number) == version


@pytest.mark.parametrize(
    ("number", "version"),
    [((2, 19, 3), "2.19.3"), (2 << 32 | 26 << 16 | 2, "2.26.2"), (21903, "2.19.3"), (2708, "2.7.8")],
)
def test_nccl(steps, number, version):
    assert steps._nccl_text(number) == version

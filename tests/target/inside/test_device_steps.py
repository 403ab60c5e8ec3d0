"""Devices: the comparison, and a device that fails on a real torch."""

from __future__ import annotations

import importlib
import subprocess

import pytest

from doctor.target import INSIDE


@pytest.fixture
def steps(monkeypatch):
    monkeypatch.syspath_prepend(str(INSIDE))
    return importlib.import_module("_device_steps")


@pytest.mark.parametrize(
    ("found", "facts"),
    [
        ([1.0, 2.0], {"ok": True, "max_difference": 0.0}),
        ([1.0, 2.01], {"ok": True, "max_difference": pytest.approx(0.01)}),  # TF32
        ([1.0, 3.0], {"ok": False, "max_difference": 1.0}),
        ([float("nan"), 2.0], {"ok": False, "error": "the result is not a number (NaN)"}),
    ],
)
def test_comparison(steps, found, facts):
    assert steps._difference([1.0, 2.0], found) == facts


_ONE_BROKEN_GPU = f"""
import sys, types
sys.argv = ["-", "@"]
sys.path.insert(0, {str(INSIDE)!r})
import torch, _device_steps
torch.cuda.is_available = lambda: True
torch.cuda.device_count = lambda: 1
torch.cuda.get_device_properties = lambda i: types.SimpleNamespace(name="NVIDIA X", major=8, minor=9)
_device_steps.cuda_devices()
_device_steps._try_device(torch, "cpu", lambda i: None, 0)
"""


@pytest.mark.heavy
def test_a_device_that_fails_is_an_answer(broken_pair_python):
    """A CPU build asked to compute on CUDA fails as a broken device does; the device after it is still tried."""
    done = subprocess.run([str(broken_pair_python), "-c", _ONE_BROKEN_GPU], capture_output=True, text=True, check=True)
    broken, sound = [line for line in done.stdout.splitlines() if line.startswith("@")]
    assert '"compute_capability": "8.9", "ok": false, "error": "Torch not compiled with CUDA enabled"' in broken
    assert '"ok": true, "max_difference": 0.0' in sound

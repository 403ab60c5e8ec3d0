"""xpu-driver-or-runtime."""

import pytest

from doctor.facts import DeviceNode, Gpu, Host, Intel, Nvidia, Package, Packages, Runtime, Torch
from doctor.model import Severity
from tests.rules.judging import NOT_THERE, commands, finding, is_cleared, is_open, points_to

RULE = "xpu-driver-or-runtime"
XPU, ARC = Torch(version="2.7.1+xpu", build="xpu"), ("Intel(R) Arc(TM) A770 Graphics",)
MISSING = Intel(gpus=ARC, level_zero=False)


def test_a_missing_runtime_a_closed_device_and_a_silent_driver():
    assert "Level Zero" in finding(RULE, torch=XPU, intel=MISSING).message
    node = DeviceNode("/dev/dri/renderD128", readable=False, writable=False, group="render")
    closed = finding(RULE, torch=XPU, intel=Intel(gpus=ARC, device_nodes=(node,)), host=Host(os="linux"))
    assert "renderD128" in closed.message
    assert commands(closed) == [("sudo", "usermod", "-aG", "render", "$USER")]
    silent = Runtime(xpu_available=False)
    assert finding(RULE, torch=XPU, intel=Intel(gpus=ARC, level_zero=True), runtime=silent) is not None


def host(name: str, version: str) -> Host:
    return Host(os="linux", distribution_id=name, distribution_version=version)


@pytest.mark.parametrize(("system", "there"), [(host("ubuntu", "25.04"), True), (host("debian", "12"), False)])
def test_the_runtime_is_installed_where_the_distribution_has_it(system, there):
    found = finding(RULE, torch=XPU, intel=MISSING, host=system)
    apt = ("sudo", "apt-get", "install", "-y", "libze1", "libze-intel-gpu1", "intel-opencl-icd")
    assert commands(found) == ([apt] if there else [])
    assert "Level Zero loader" in found.remedies[0].title


def test_windows_gets_the_address_of_the_driver():
    found = finding(RULE, torch=XPU, intel=MISSING, host=Host(os="windows"))
    assert commands(found) == []
    assert "Intel graphics driver" in found.remedies[0].title


def test_cleared_on_other_builds_and_where_it_works():
    assert is_cleared(RULE, torch=Torch(version="2.7.1+cpu", build="cpu"), intel=MISSING)
    assert is_cleared(RULE, torch=XPU, intel=MISSING, runtime=Runtime(xpu_available=True))


def test_open_where_nothing_was_tried_or_no_gpu_was_seen():
    assert is_open(RULE, torch=XPU, intel=Intel(gpus=ARC, level_zero=True))
    assert is_open(RULE, torch=XPU, intel=Intel(level_zero=False))
    assert is_open(RULE, torch=Torch(version="2.7.1"), intel=MISSING)


def test_texts():
    assert points_to(RULE, "RuntimeError: No XPU devices are available.")
    assert points_to(RULE, "RuntimeError: Native API failed. Native API returns: -997 (The plugin has emitted")
    assert not points_to(RULE, "RuntimeError: XPU out of memory. Tried to allocate 2.00 GiB")
    assert points_to(RULE, r'OSError: [WinError 126] x Error loading "C:\v\torch\lib\c10_xpu.dll" or one of its')


def test_a_build_for_xpu_without_a_device_is_likely_in_a_text_that_names_no_gpu():
    silent = Runtime(xpu_available=False)
    found = finding(RULE, torch=XPU, runtime=silent)
    assert found is not None and found.severity is Severity.WARNING
    extension = Packages((Package("intel-extension-for-pytorch", "2.1.30+xpu"),), complete=False)
    plain = Torch(version="2.1.0.post2+cxx11.abi")
    in_wsl = finding(RULE, torch=plain, runtime=silent, packages=extension, host=Host(os="linux", wsl=2))
    assert "Intel graphics driver" in in_wsl.remedies[0].title
    assert is_open(RULE, torch=plain, runtime=silent)
    assert is_open(RULE, torch=XPU, runtime=silent, intel=NOT_THERE)
    assert is_open(RULE, torch=XPU, runtime=silent, nvidia=Nvidia(gpus=(Gpu("Tesla T4"),)))

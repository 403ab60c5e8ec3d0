"""xpu-driver-or-runtime."""

from doctor.facts import DeviceNode, Host, Intel, Runtime, Torch
from tests.rules.judging import commands, finding, points_to

RULE = "xpu-driver-or-runtime"
XPU, ARC = Torch(version="2.7.1+xpu", build="xpu"), ("Intel(R) Arc(TM) A770 Graphics",)


def test_a_missing_runtime_a_closed_device_and_a_silent_driver():
    assert "Level Zero" in finding(RULE, torch=XPU, intel=Intel(gpus=ARC, level_zero=False)).message
    node = DeviceNode("/dev/dri/renderD128", readable=False, writable=False, group="render")
    assert "renderD128" in finding(RULE, torch=XPU, intel=Intel(gpus=ARC, device_nodes=(node,))).message
    silent = Runtime(xpu_available=False)
    assert finding(RULE, torch=XPU, intel=Intel(gpus=ARC, level_zero=True), runtime=silent) is not None


def test_the_runtime_is_installed_by_distribution():
    found = finding(RULE, torch=XPU, intel=Intel(gpus=ARC, level_zero=False), host=Host(distribution_id="ubuntu"))
    assert any("libze-intel-gpu1" in command for command in commands(found))


def test_quiet_without_gpu_on_other_builds_and_where_it_works():
    missing = Intel(gpus=ARC, level_zero=False)
    assert finding(RULE, torch=XPU, intel=Intel(level_zero=False)) is None
    assert finding(RULE, torch=Torch(version="2.7.1+cpu", build="cpu"), intel=missing) is None
    assert finding(RULE, torch=XPU, intel=missing, runtime=Runtime(xpu_available=True)) is None


def test_texts():
    assert points_to(RULE, "RuntimeError: No XPU devices are available.")
    assert points_to(RULE, "RuntimeError: Native API failed. Native API returns: -997 (The plugin has emitted")
    assert not points_to(RULE, "RuntimeError: XPU out of memory. Tried to allocate 2.00 GiB")

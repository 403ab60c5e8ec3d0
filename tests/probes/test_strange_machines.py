"""No probe raises on a machine whose files are half-written, binary, folders, links in a loop, or not there."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doctor.probes import Absent, _macos, _windows, amd, cpu, host, intel, memory, storage, toolkits, variables
from doctor.text import rocminfo
from tests.probes.trees import lay
from tests.surroundings import LINUX

pytestmark = LINUX

PCI = "sys/bus/pci/devices/0000:03:00.0"
NODE = "sys/class/kfd/kfd/topology/nodes/1"
FILES = [
    *("etc/os-release", "etc/nv_tegra_release", "proc/version", "proc/sys/kernel/osrelease", "proc/cpuinfo"),
    *("proc/meminfo", "proc/self/cgroup", "proc/self/mountinfo", "proc/1/cgroup", "run/.containerenv"),
    *("run/systemd/container", "proc/device-tree/model", "sys/class/dmi/id/sys_vendor", "sys/hypervisor/type"),
    *("sys/fs/cgroup/cpu.max", "sys/fs/cgroup/memory.max", "sys/devices/system/cpu/online", f"{NODE}/properties"),
    *(f"{PCI}/vendor", f"{PCI}/device", f"{PCI}/class", "usr/share/libdrm/amdgpu.ids", "opt/rocm/.info/version"),
    *("usr/local/cuda/version.json", "usr/local/cuda/version.txt", "usr/include/cudnn_version.h"),
    *("usr/lib/libstdc++.so.6", "sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"),
]
PATHLESS = {"PATH": "/nonexistent"}
LOOKS: list[Callable[[Path], object]] = [
    lambda root: host.linux(PATHLESS, str(root / "bin/python"), root=root),
    lambda root: cpu.linux(root),
    lambda root: memory.linux(root),
    lambda root: toolkits.find_toolkits(PATHLESS, str(root / "bin/python"), root),
    lambda root: amd.linux({}, root),
    lambda root: intel.linux({}, "", root),
    lambda root: storage.stale_shared_memory(root / "dev/shm", root / "proc"),
]


def look_everywhere(root: Path) -> None:
    for look in LOOKS:
        try:
            look(root)
        except Absent as nothing:
            assert str(nothing)


WORDS = (
    '0 -1 max : = / .. # { " é processor flags MemTotal 0:: cgroup2 simd_count gfx_target_version 0x1002 0x8086 0x03'
    " 99999999999999999999"
)
words = st.sampled_from([*WORDS.split(), " ", "\n", "\n\n", "\t", "\0", " - cgroup2 ", "simd_count 4\n"])


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(FILES), st.lists(words, max_size=12).map("".join) | st.binary(max_size=40)))
def test_any_content(files: dict[str, str | bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        look_everywhere(lay(Path(folder), files))


def test_folders_where_files_belong(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).mkdir(parents=True)
    look_everywhere(tmp_path)


def test_links_in_a_loop(tmp_path: Path) -> None:
    look_everywhere(lay(tmp_path, {name: f"-> {Path(name).name}" for name in FILES}))


def test_an_empty_machine(tmp_path: Path) -> None:
    look_everywhere(tmp_path)
    look_everywhere(tmp_path / "not there")


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    values = _macos.parse_sysctl(text)
    _macos.cpu(values)
    host.macos(values, text, text.encode("utf-8", "replace"), ())
    rocminfo.gpus_of(f"Agent 1\n{text}\nDevice Type: GPU")
    toolkits.parse_version_json(text)
    _windows.product_name({"ProductName": text, "CurrentBuildNumber": text})
    _windows.vc_runtime(({"Version": text, "Installed": 1},))
    _windows.adapter({"MatchingDeviceId": text})


@given(st.dictionaries(st.sampled_from(["PATH", "PIP_INDEX_URL", "http_proxy", "CUDA_VISIBLE_DEVICES"]), st.text()))
def test_any_environment(env: dict[str, str]) -> None:
    assert variables.select(env).keys() == env.keys()


@pytest.mark.parametrize("value", ["x" * 5000, "/a\nb", "~", "~nobody-here/x", ""])
def test_odd_folders_in_variables(value: str) -> None:
    names = (
        "CUDA_HOME",
        "CUDA_PATH",
        "LD_LIBRARY_PATH",
        "LD_PRELOAD",
        "LIBRARY_PATH",
        "CUDNN_PATH",
        "ROCM_PATH",
        "CXX",
    )
    env = dict.fromkeys(names, value)
    toolkits.find_toolkits({**env, **PATHLESS}, value)
    assert host.linux(env, value).os == "linux"

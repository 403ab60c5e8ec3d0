"""What the kernel's files tell about NVIDIA, on file systems laid out for the purpose."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from doctor.facts import Nvidia
from doctor.probes import nvidia
from doctor.probes._windows import Adapter
from doctor.probes.nvidia import _fabric, _libraries, _system
from doctor.target import Target
from tests.surroundings import LINUX, bound_by_modes

KERNEL = "6.8.0-45-generic"


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode())


def pci(root: Path, address: str, device: str, kind: str = "0x030000", vendor: str = "0x10de") -> None:
    folder = f"sys/bus/pci/devices/0000:{address}"
    write(root, {f"{folder}/vendor": vendor + "\n", f"{folder}/device": device + "\n", f"{folder}/class": kind + "\n"})


def look(root: Path) -> Nvidia:
    env = {name: value for name, value in os.environ.items() if name != "LD_LIBRARY_PATH"}
    return nvidia.probe(Target(sys.executable, env={**env, "PATH": "/nonexistent"}), root)


@LINUX
def test_nothing_of_nvidia_starts_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr("doctor.probes.nvidia._nvml.run", refuse)
    monkeypatch.setattr("doctor.probes.nvidia.smi.run", refuse)
    pci(tmp_path, "00:02.0", "0x46a6", vendor="0x8086")
    write(tmp_path, {"proc/modules": "i915 3932160 12 - Live 0x0\n"})
    facts = look(tmp_path)
    assert (facts.driver_version, facts.gpus, facts.gpus_source) == ("", (), "pci")
    assert (facts.module_version, facts.modules, facts.pci_gpus, facts.device_nodes) == ("", (), (), ())


@LINUX
def test_a_gpu_without_a_driver_is_named_from_its_pci_id(tmp_path: Path) -> None:
    pci(tmp_path, "01:00.0", "0x2684")
    pci(tmp_path, "01:00.1", "0x22ba", kind="0x040300")
    pci(tmp_path, "02:00.0", "0xffff", kind="0x030200")
    write(
        tmp_path,
        {
            "proc/sys/kernel/osrelease": KERNEL + "\n",
            "proc/modules": "nouveau 2793472 0 - Live 0x0000000000000000\nvideo 77824 1 nouveau, Live 0x0\n",
            f"lib/modules/{KERNEL}/modules.dep": "kernel/drivers/video/fbdev/nvidia/nvidiafb.ko.zst:\n",
        },
    )
    facts = look(tmp_path)
    assert facts.gpus == facts.pci_gpus and facts.gpus is not None and facts.gpus_source == "pci"
    assert [g.pci_id for g in facts.gpus] == ["10de:2684", "10de:ffff"]
    assert "RTX 4090" in facts.gpus[0].name and facts.gpus[1].name == "NVIDIA GPU"
    assert (facts.driver_version, facts.module_version, facts.modules) == ("", "", ("nouveau",))
    assert (facts.module_installed, facts.nvml_error) == (False, "NVML_ERROR_LIBRARY_NOT_FOUND")


@pytest.mark.parametrize(
    ("line", "version", "is_open"),
    [
        ("NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.135  Fri Nov 15 03:48:24 UTC 2024", "550.135", False),
        ("NVRM version: NVIDIA UNIX x86_64 Kernel Module  384.90  Tue Sep 19 19:17:35 PDT 2017", "384.90", False),
        (
            "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  610.43.03  Release Build  (root@a)",
            "610.43.03",
            True,
        ),
        ("NVRM version: NVIDIA UNIX Open Kernel Module for aarch64  540.4.0  Release Build  (b@c)", "540.4.0", True),
        ("NVRM version: NVIDIA UNIX Open Kernel Module  570.86.15  Release Build", "570.86.15", True),
    ],
)
def test_version_of_the_running_driver(line: str, version: str, is_open: bool) -> None:
    assert _system.driver_of(line + "\nGCC version:  gcc version 12.3.0 (Ubuntu 12.3.0-1ubuntu1~22.04)\n") == (
        version,
        is_open,
    )


def test_text_that_tells_no_version() -> None:
    assert _system.driver_of("GCC version:  gcc version 12.3.0\n") is None
    assert _system.driver_of("") is None


def test_sys_module_stands_in_for_proc(tmp_path: Path) -> None:
    write(tmp_path, {"sys/module/nvidia/version": "535.183.01\n", "proc/version": "Linux"})
    assert _system.module_of(tmp_path) == ("535.183.01", None)


@pytest.mark.parametrize(
    ("file", "installed"),
    [
        ("updates/dkms/nvidia.ko.zst", True),
        ("extra/nvidia/nvidia.ko.xz", True),
        ("updates/dkms/nvidia-current.ko", True),
        ("kernel/nvidia-535srv/nvidia.ko", True),
        ("updates/dkms/nvidia-drm.ko", False),
        ("kernel/drivers/platform/x86/nvidia-wmi-ec-backlight.ko.zst", False),
        ("kernel/drivers/video/fbdev/nvidia/nvidiafb.ko", False),
    ],
)
@pytest.mark.parametrize("listed", [True, False])
def test_module_on_disk_for_the_running_kernel(tmp_path: Path, file: str, installed: bool, listed: bool) -> None:
    write(tmp_path, {"proc/sys/kernel/osrelease": KERNEL, f"lib/modules/{KERNEL}/{file}": ""})
    if listed:
        write(tmp_path, {f"lib/modules/{KERNEL}/modules.dep": f"kernel/fs/ext4.ko:\n{file}: kernel/drivers/x.ko\n"})
    assert _system.module_on_disk(tmp_path) is installed


def test_module_built_for_another_kernel_and_no_modules_at_all(tmp_path: Path) -> None:
    write(tmp_path, {"proc/sys/kernel/osrelease": KERNEL})
    assert _system.module_on_disk(tmp_path) is None
    write(
        tmp_path, {"lib/modules/6.8.0-40-generic/updates/dkms/nvidia.ko": "", f"lib/modules/{KERNEL}/modules.dep": ""}
    )
    assert _system.module_on_disk(tmp_path) is False


def test_loaded_modules(tmp_path: Path) -> None:
    assert _system.modules_of(tmp_path) is None
    names = ("nvidia_uvm", "nvidia_drm", "nvidia", "nova_core", "nvme", "nvidiafb", "snd_hda_intel")
    write(tmp_path, {"proc/modules": "".join(f"{name} 4096 1 - Live 0x0\n" for name in names)})
    assert _system.modules_of(tmp_path) == ("nova_core", "nvidia", "nvidia_drm", "nvidia_uvm")


@LINUX
def test_device_nodes_and_rights(tmp_path: Path) -> None:
    write(tmp_path, {"dev/nvidia0": "", "dev/nvidiactl": "", "dev/dxg": "", "dev/nvme0": "", "dev/nvidia-caps/x": ""})
    (tmp_path / "dev/nvidia0").chmod(0o000)
    nodes = {node.path: node for node in bound_by_modes(lambda: _system.device_nodes(tmp_path))}
    assert set(nodes) == {"/dev/nvidia0", "/dev/nvidiactl", "/dev/dxg"}
    assert nodes["/dev/nvidiactl"].readable and nodes["/dev/nvidiactl"].writable
    assert nodes["/dev/nvidia0"].readable is False


def test_gpus_the_driver_lists_by_name(tmp_path: Path) -> None:
    text = "Model: \t\t NVIDIA A100-SXM4-40GB\nIRQ:   \t\t 266\nGPU UUID: \t GPU-4b5fd1a2-0000-0000-0000-000000000000\n"
    write(tmp_path, {"proc/driver/nvidia/gpus/0000:07:00.0/information": text})
    write(tmp_path, {"proc/driver/nvidia/gpus/0000:0f:00.0/information": "Model: \t\t Unknown\n"})
    assert [g.name for g in _system.proc_gpus(tmp_path)] == ["NVIDIA A100-SXM4-40GB", "NVIDIA GPU"]


def test_jetson_has_its_gpu_on_no_bus(tmp_path: Path) -> None:
    write(tmp_path, {"proc/device-tree/compatible": "nvidia,p3737-0000+p3701-0005\0nvidia,tegra234\0"})
    (tmp_path / "sys/bus/pci/devices").mkdir(parents=True)
    facts = look(tmp_path)
    assert facts.gpus is not None and facts.gpus_source == "proc"
    assert [(g.name, g.compute_capability) for g in facts.gpus] == [("Orin", "8.7")]
    assert facts.driver_version is None, "Jetson Linux keeps its driver elsewhere: not known, not absent"


def test_adapters_of_windows() -> None:
    adapters = [Adapter("8086", "46a6", "Intel(R) Iris(R) Xe Graphics"), Adapter("10de", "2684", "")]
    adapters.append(Adapter("10de", "25a0", "NVIDIA GeForce RTX 3050 Ti Laptop GPU"))
    gpus = _system.adapter_gpus(adapters)
    assert [(g.index, g.pci_id, g.mobile) for g in gpus] == [(0, "10de:2684", None), (1, "10de:25a0", True)]
    assert "RTX 4090" in gpus[0].name


@LINUX
def test_nvswitches_are_told_from_other_bridges(tmp_path: Path) -> None:
    assert _system.nvswitches(tmp_path) is None
    pci(tmp_path, "c1:00.0", "0x22a3", kind="0x068000")
    pci(tmp_path, "c2:00.0", "0x22a3", kind="0x068000")
    pci(tmp_path, "00:0f.0", "0x03ff", kind="0x068000")
    assert _system.nvswitches(tmp_path) == 2


def test_fabric_manager(tmp_path: Path) -> None:
    assert _fabric.fabric_manager(tmp_path, []) == "absent"
    write(tmp_path, {"usr/lib/systemd/system/nvidia-fabricmanager.service": "[Unit]\n"})
    assert _fabric.fabric_manager(tmp_path, []) == "stopped"
    write(tmp_path, {"proc/2041/comm": "nv-fabricmanage\n"})
    assert _fabric.fabric_manager(tmp_path, []) == "running"


@pytest.mark.parametrize("cgroup", ["12:devices:/kubepods/besteffort/pod1/x\n", "0::/system.slice/docker-12ab.scope\n"])
def test_a_container_does_not_show_the_hosts_services(tmp_path: Path, cgroup: str) -> None:
    write(tmp_path, {"proc/1/cgroup": cgroup})
    assert _fabric.fabric_manager(tmp_path, [None]) is None


def test_container_toolkit(tmp_path: Path) -> None:
    assert _fabric.container_toolkit(tmp_path) is False
    write(tmp_path, {"etc/docker/daemon.json": '{"runtimes": {"nvidia": {"path": "nvidia-container-runtime"}}}'})
    assert _fabric.container_toolkit(tmp_path) is True


@LINUX
def test_library_path_comes_before_the_wsl_stub(tmp_path: Path) -> None:
    write(tmp_path, {"usr/lib/wsl/lib/libcuda.so.1": "", "mine/libcuda.so.535.54.03": ""})
    (tmp_path / "mine/libcuda.so.1").symlink_to("libcuda.so.535.54.03")
    stub = _libraries.find(_libraries.CUDA, {}, tmp_path)
    assert stub == str(tmp_path / "usr/lib/wsl/lib/libcuda.so.1") and _libraries.version_of(stub) is None
    mine = _libraries.find(_libraries.CUDA, {"LD_LIBRARY_PATH": str(tmp_path / "mine")}, tmp_path)
    assert _libraries.version_of(mine) == "535.54.03"

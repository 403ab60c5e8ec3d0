"""The NVIDIA probe against the stand-in libraries: `pynvml` loads them as it would NVIDIA's."""

from __future__ import annotations

from pathlib import Path

import msgspec
import psutil
import pytest

from doctor.probes import Crashed
from tests.nvml_simulator import kinds
from tests.nvml_simulator.fixtures import Probe
from tests.nvml_simulator.kinds import gpu, machine


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_every_field_of_a_gpu(nvidia_probe: Probe) -> None:
    more = (
        "free 1000000\npcie_generation 1\npcie_width 8\necc 1\necc_errors 3\nretired_single 2\nretired_double 1\n"
        "remap_failure 1\nthrottle 0x60\ntemperature 91\nprocesses 4\ncompute_mode 3\nnvlinks 6\nnvlinks_active 4\n"
    )
    facts = nvidia_probe(machine("550.54.14", "12.4", [gpu(kinds.TESLA_V100, more)]))
    assert facts.gpus is not None
    (card,) = facts.gpus
    assert (card.name, card.index, card.compute_capability) == ("Tesla V100-SXM2-16GB", 0, "7.0")
    assert (card.memory_bytes, card.memory_free_bytes, card.pci_id) == (16384 * 1024**2, 1000000, "10de:1db1")
    link = (card.pcie_generation, card.pcie_generation_max, card.pcie_width, card.pcie_width_max)
    assert link == (1, 3, 8, 16)
    assert (card.ecc, card.ecc_errors, card.retired_pages, card.row_remap_failure) == (True, 3, 3, True)
    assert card.throttle_reasons == ("software thermal slowdown", "hardware thermal slowdown")
    assert (card.temperature_celsius, card.processes, card.compute_mode) == (91, 4, "Exclusive_Process")
    assert (card.nvlinks_active, card.mig) == (4, None)


def test_driver_and_libraries(nvidia_probe: Probe) -> None:
    facts = nvidia_probe(machine("550.54.14", "12.4", [gpu(kinds.RTX_4090)]))
    assert (facts.driver_version, facts.cuda_version, facts.nvml_version) == ("550.54.14", "12.4", "550.54.14")
    assert (facts.gpus_source, facts.nvml_error, facts.nvml_message) == ("nvml", "", "")
    assert (facts.libcuda_version, facts.libcuda_error) == ("550.54.14", "")
    assert facts.libcuda is not None and facts.libcuda.endswith("/libcuda.so.550.54.14")
    assert (facts.persistence, facts.vgpu) == (True, False)


@pytest.mark.parametrize(
    "kind",
    [kinds.RTX_5090, kinds.RTX_3060, kinds.GTX_1080, kinds.TESLA_T4, kinds.A100, kinds.H200, kinds.B200],
    ids=lambda kind: kind[0],
)
def test_kinds_of_gpu(nvidia_probe: Probe, kind: kinds.Kind) -> None:
    facts = nvidia_probe(machine("610.43.02", "13.3", [gpu(kind)]))
    assert facts.gpus is not None
    assert [(g.name, g.compute_capability, g.memory_bytes) for g in facts.gpus] == [kind[:3]]


def test_mixed_gpus_keep_their_order_and_the_laptop_is_known_by_its_name(nvidia_probe: Probe) -> None:
    facts = nvidia_probe(machine("550.54.14", "12.4", [gpu(kinds.RTX_3050_LAPTOP), gpu(kinds.GTX_1080)]))
    assert facts.gpus is not None
    assert [(g.index, g.compute_capability, g.mobile) for g in facts.gpus] == [(0, "8.6", True), (1, "6.1", None)]


def test_mig_instances(nvidia_probe: Probe) -> None:
    instances = (
        "mig 1\nmig_instance0 NVIDIA A100-SXM4-40GB MIG 1g.5gb\nmig_instance3 NVIDIA A100-SXM4-40GB MIG 3g.20gb\n"
    )
    facts = nvidia_probe(machine("535.54.03", "12.2", [gpu(kinds.A100, instances), gpu(kinds.A100, "mig 1\n")]))
    assert facts.gpus is not None
    first, second = facts.gpus
    assert first.mig and first.mig_instances == (
        "NVIDIA A100-SXM4-40GB MIG 1g.5gb",
        "NVIDIA A100-SXM4-40GB MIG 3g.20gb",
    )
    assert second.mig and second.mig_instances == ()


@pytest.mark.parametrize(
    ("driver", "carries", "cuda"), [("375.26", "8.0", "8.0"), ("396.54", "9.2", "9.2"), ("440.33.01", "10.2", "10.2")]
)
def test_old_drivers_lack_symbols_and_only_those_fields(
    nvidia_probe: Probe, driver: str, carries: str, cuda: str
) -> None:
    facts = nvidia_probe(machine(driver, carries, [gpu(kinds.TESLA_K80)]))
    assert (facts.driver_version, facts.cuda_version, facts.nvml_error) == (driver, cuda, "")
    assert facts.gpus is not None
    (card,) = facts.gpus
    assert (card.compute_capability, card.processes, card.throttle_reasons) == ("3.7", 0, ("idle",))
    assert (card.mig, card.row_remap_failure) == (None, None)


@pytest.mark.parametrize("symbol", ["nvmlDeviceGetTemperature", "nvmlDeviceGetMemoryInfo", "nvmlDeviceGetPciInfo_v3"])
@pytest.mark.parametrize("code", [3, 4, 13, 999])
def test_one_field_that_fails_is_only_that_field(nvidia_probe: Probe, symbol: str, code: int) -> None:
    facts = nvidia_probe(machine("550.54.14", "12.4", [gpu(kinds.RTX_4090)], f"fail:{symbol} {code}\n"))
    assert facts.gpus is not None
    fields = (facts.gpus[0].temperature_celsius, facts.gpus[0].memory_bytes, facts.gpus[0].pci_id)
    assert fields.count(None) == 1
    assert facts.gpus[0].name == "NVIDIA GeForce RTX 4090" and facts.nvml_error == ""


@pytest.mark.parametrize(
    ("code", "constant", "text"),
    [
        (4, "NVML_ERROR_NO_PERMISSION", "Insufficient Permissions"),
        (9, "NVML_ERROR_DRIVER_NOT_LOADED", "Driver Not Loaded"),
        (10, "NVML_ERROR_TIMEOUT", "Timeout"),
        (15, "NVML_ERROR_GPU_IS_LOST", "GPU is lost"),
        (17, "NVML_ERROR_OPERATING_SYSTEM", "GPU access blocked by the operating system"),
        (18, "NVML_ERROR_LIB_RM_VERSION_MISMATCH", "Driver/library version mismatch"),
        (999, "NVML_ERROR_UNKNOWN", "Unknown Error"),
        (777, "NVML error 777", "Unknown Error"),
    ],
)
def test_init_errors_in_nvmls_own_words(nvidia_probe: Probe, code: int, constant: str, text: str) -> None:
    facts = nvidia_probe(machine("550.54.14", "12.4", [gpu(kinds.RTX_4090)], f"init {code}\ncuinit 999\n"))
    assert (facts.nvml_error, facts.nvml_message) == (constant, text)
    assert facts.nvml_version == "550.54.14"
    assert facts.driver_version is None, "the library's version is not the running driver's"
    assert facts.gpus == (() if code == 9 and facts.pci_gpus is not None else None)


def test_a_lost_gpu_among_others(nvidia_probe: Probe) -> None:
    lost = gpu(kinds.RTX_3060, "fail:nvmlDeviceGetHandleByIndex_v2 15\n")
    facts = nvidia_probe(machine("550.54.14", "12.4", [gpu(kinds.RTX_4090), lost, gpu(kinds.RTX_4090)]))
    assert (facts.nvml_error, facts.nvml_message) == ("NVML_ERROR_GPU_IS_LOST", "GPU 1: GPU is lost")
    assert facts.gpus is not None and [g.compute_capability for g in facts.gpus] == ["8.9", None, "8.9"]


@pytest.mark.parametrize("how", ["abort", "segv"])
def test_a_crash_midway_keeps_what_was_said(nvidia_probe: Probe, how: str) -> None:
    bad = gpu(kinds.RTX_3060, f"fail:nvmlDeviceGetMemoryInfo {how}\n")
    facts = nvidia_probe(machine("550.54.14", "12.4", [gpu(kinds.RTX_4090), bad]))
    assert (facts.driver_version, facts.libcuda_error) == ("550.54.14", "")
    assert facts.gpus is not None and [g.name for g in facts.gpus] == ["NVIDIA GeForce RTX 4090"]
    assert "SIG" in facts.nvml_message and "GPU 1" in facts.nvml_message


@pytest.mark.parametrize(("how", "name"), [("abort", "SIGABRT"), ("segv", "SIGSEGV")])
def test_a_crash_in_init_with_nothing_else_known_is_a_failure(nvidia_probe: Probe, how: str, name: str) -> None:
    with pytest.raises(Crashed, match=f"{name}.*nvmlInit"):
        nvidia_probe(machine("550.54.14", "12.4", [gpu(kinds.RTX_4090)], f"init {how}\ncuinit 999\n"))


def test_a_hang_ends_at_the_deadline_and_leaves_no_process(nvidia_probe: Probe) -> None:
    nvidia_probe(machine("550.54.14", "12.4", [gpu(kinds.RTX_4090)]))  # a guard stands from the first child on
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    with pytest.raises(TimeoutError, match="nvmlInit"):
        nvidia_probe(machine("550.54.14", "12.4", [gpu(kinds.RTX_4090)], "init hang\ncuinit hang\n"), deadline_s=1.5)
    after = [p for p in psutil.Process().children(recursive=True) if p.status() != psutil.STATUS_ZOMBIE]
    assert [child for child in after if child.pid not in before] == []


def test_a_hang_with_a_driver_that_the_kernel_shows(nvidia_probe: Probe, tmp_path: Path) -> None:
    root = tmp_path / "hung"
    write(root / "proc/driver/nvidia/version", "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.135  Fri Nov 15\n")
    write(
        root / "proc/driver/nvidia/gpus/0000:01:00.0/information", "Model: \t\t NVIDIA GeForce RTX 3060\nIRQ:   142\n"
    )
    facts = nvidia_probe(
        machine("550.135", "12.4", [gpu(kinds.RTX_3060)], "init hang\ncuinit hang\n"), root, deadline_s=1.5
    )
    assert (facts.driver_version, facts.module_version, facts.gpus_source) == ("550.135", "550.135", "proc")
    assert facts.gpus is not None and [g.name for g in facts.gpus] == ["NVIDIA GeForce RTX 3060"]
    assert "no answer" in facts.nvml_message and facts.nvml_error == ""


def test_no_nvml_library_but_a_loaded_driver(nvidia_probe: Probe, tmp_path: Path) -> None:
    root = tmp_path / "compute-only"
    write(
        root / "proc/driver/nvidia/version", "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.95.05  R\n"
    )
    facts = nvidia_probe(machine("580.95.05", "13.0", more="no libnvidia-ml\n"), root)
    assert facts.nvml_error == "NVML_ERROR_LIBRARY_NOT_FOUND"
    assert (facts.driver_version, facts.cuda_version, facts.module_open) == ("580.95.05", "13.0", True)


def test_fabric_that_is_up_shows_fabric_manager_even_from_a_container(nvidia_probe: Probe, tmp_path: Path) -> None:
    root = tmp_path / "container"
    write(root / ".dockerenv", "")
    assert nvidia_probe(machine("550.54.14", "12.4", [gpu(kinds.H200, "fabric 3\n")]), root).fabric_manager == "running"
    assert nvidia_probe(machine("550.54.14", "12.4", [gpu(kinds.H200, "fabric 1\n")]), root).fabric_manager is None


def test_ids_of_devices_are_not_kept(nvidia_probe: Probe) -> None:
    facts = nvidia_probe(machine("550.54.14", "12.4", [gpu(kinds.A100, "mig 1\nmig_instance0 A100 MIG 1g.5gb\n")]))
    text = msgspec.json.encode(facts).decode()
    assert "00000000:01:00.0" not in text and "GPU-" not in text and "uuid" not in text.lower()

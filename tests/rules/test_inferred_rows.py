"""What is only inferred about builds never makes an error by itself."""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import ArchRow, floors
from doctor.facts import Amd, AmdGpu, ErrorText, Gpu, Host, Nvidia, Python, Torch
from doctor.model import Severity
from tests.each import each
from tests.rules.hosts import WINDOWS
from tests.rules.judging import finding

NEWER, DROPPED, ROCM = "gpu-arch-newer-than-build", "gpu-arch-dropped-by-build", "rocm-gfx-unsupported"
CAPABILITIES = ("3.5", "5.2", "6.1", "7.0", "7.5", "8.6", "9.0", "10.0", "12.0")
TARGETS = ("gfx803", "gfx900", "gfx906", "gfx1030", "gfx1010", "gfx1100", "gfx1103", "gfx1150", "gfx1201", "gfx950")


def host_of(row: ArchRow) -> tuple[Host, Python]:
    os, _, arch = row.platform.partition("-")
    return Host(os=os, architecture=arch), Python(machine=arch)


def torch_of(row: ArchRow) -> Torch:
    build = catalog.BuildTag.of(row.build)
    cuda, hip = (str(build.version), "") if build.kind == "cuda" else ("", f"{build.version}.1")
    return Torch(version=f"{row.torch}+{row.build}", build=row.build, cuda_version=cuda, hip_version=hip)


def severity(rule: str, **facts: object) -> Severity | None:
    found = finding(rule, **facts)
    return found.severity if found else None


CUDA = [row for row in catalog.arch_lists().cuda if row.inferred]
HIP = [row for row in catalog.arch_lists().rocm if row.inferred]


@each("row", CUDA)
def test_no_inferred_list_of_cuda_code_makes_an_error(row: ArchRow) -> None:
    host, python = host_of(row)
    without = [c for c in CAPABILITIES if not catalog.has_kernels(c, row)]
    assert without
    for capability in without:
        gpus = Nvidia(gpus=(Gpu("NVIDIA device", compute_capability=capability),))
        possible = floors.can_compile(catalog.BuildTag.of(row.build).cuda, capability)
        found = [
            severity(rule, nvidia=gpus, torch=torch_of(row), host=host, python=python) for rule in (NEWER, DROPPED)
        ]
        assert set(found) - {None} == {Severity.WARNING if possible else Severity.ERROR}


@each("row", HIP)
def test_no_inferred_list_of_amd_targets_makes_an_error(row: ArchRow) -> None:
    host, python = host_of(row)
    missing = [target for target in TARGETS if target not in row.gfx]
    assert missing
    card = Amd(gpus=(AmdGpu("Radeon RX 1", gfx=missing[0]),))
    assert severity(ROCM, amd=card, torch=torch_of(row), host=host, python=python) is Severity.WARNING


K40 = Nvidia(gpus=(Gpu("Tesla K40c", compute_capability="3.5"),), driver_version="470.82.01")
OLD = Torch(version="1.7.1+cu101", build="cu101", cuda_version="10.1")
LINUX = Host(os="linux", architecture="x86_64")


def test_an_inferred_row_warns_and_what_torch_says_makes_it_an_error() -> None:
    row = catalog.arch_list("1.7.1", "cu101", "linux-x86_64")
    assert row and row.inferred
    assert severity(DROPPED, nvidia=K40, torch=OLD, host=LINUX) is Severity.WARNING
    told = ErrorText("Tesla K40c with CUDA capability sm_35 is not compatible with the current PyTorch installation.")
    assert severity(DROPPED, nvidia=K40, torch=OLD, host=LINUX, error=told) is Severity.ERROR


def test_what_no_compiler_of_that_cuda_can_make_is_an_error_whatever_the_row() -> None:
    hopper = Nvidia(gpus=(Gpu("NVIDIA H100 80GB HBM3"),), driver_version="535.54.03")
    assert severity(NEWER, nvidia=hopper, torch=OLD, host=LINUX) is Severity.ERROR


def test_a_platform_that_is_only_assumed_makes_no_error() -> None:
    pascal = Nvidia(gpus=(Gpu("NVIDIA GeForce GTX 1080"),), driver_version="580.65.06")
    torch = Torch(version="2.8.0+cu128", build="cu128", cuda_version="12.8")
    assert severity(DROPPED, nvidia=pascal, torch=torch, host=LINUX) is Severity.ERROR
    assert severity(DROPPED, nvidia=pascal, torch=torch) is Severity.WARNING


def test_on_windows_torch_2_8_0_has_code_for_pascal_with_cuda_12_8_and_not_with_12_9() -> None:
    pascal = Nvidia(gpus=(Gpu("NVIDIA GeForce GTX 1070"),), driver_version="580.88")
    old, new = (Torch(version=f"2.8.0+cu{c}", build=f"cu{c}", cuda_version=f"12.{c - 120}") for c in (128, 129))
    assert severity(DROPPED, nvidia=pascal, torch=old, host=WINDOWS) is None
    assert severity(DROPPED, nvidia=pascal, torch=new, host=WINDOWS) is Severity.ERROR


def test_torch_1_8_0_for_cuda_11_1_has_the_seven_that_it_prints() -> None:
    pascal = Nvidia(gpus=(Gpu("Tesla P100-PCIE-16GB"), Gpu("NVIDIA TITAN Xp", index=1)), driver_version="470.82.01")
    torch = Torch(version="1.8.0+cu111", build="cu111", cuda_version="11.1")
    assert severity(DROPPED, nvidia=pascal, torch=torch, host=LINUX) is None
    row = catalog.arch_list("1.8.0", "cu111", "linux-x86_64")
    assert row and row.sm == ("3.7", "5.0", "6.0", "7.0", "7.5", "8.0", "8.6") and not row.inferred

"""torch-torchvision-mismatch."""

import pytest

from doctor.facts import Conda, CondaPackage, Failure, Host, Module, Package, Packages, Python, Runtime, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "torch-torchvision-mismatch"
LINUX = Host(os="linux", architecture="x86_64")
WORKS = Runtime(imported=True, modules=(Module("torchvision", "0.20.0"), Module("torchvision.ops")))


def judged(torch: str, vision: str, installer: str = "pip", **more):
    packages = Packages((Package("torchvision", vision, installer=installer),))
    return finding(RULE, torch=Torch(version=torch, installer=installer), packages=packages, **more)


@pytest.mark.parametrize(
    ("torch", "vision"),
    [
        ("2.6.0", "0.20.1"),
        ("1.7.0", "0.6.1"),
        ("2.13.0", "0.29.1"),
        ("2.5.1+cu124", "0.20.1+cpu"),
        ("2.5.1+cu118", "0.20.1+cu124"),
    ],
)
def test_fires_on_pairs_that_do_not_belong_together(torch, vision):
    assert judged(torch, vision) is not None


@pytest.mark.parametrize(
    ("torch", "vision"),
    [
        ("2.6.0", "0.21.0"),
        ("2.4.1", "0.19.0"),  # another patch release keeps the ABI
        ("2.14.1", "0.29.1"),
        ("2.15.0", "0.29.1"),  # asks for torch 2.14 or newer only
        ("2.5.1+cu121", "0.20.1+cu124"),  # same major version of CUDA
        ("2.7.0a0+git1234abc", "0.15.0"),  # source build
        ("2.1.0a0+32f93b1.nv23.10", "0.16.0a0"),  # NVIDIA's container
        ("2.0.0a0+ec3941ad.nv23.02", "0.15.1"),  # Jetson
        ("2.8.0.dev20250516+xpu", "0.22.0"),  # nightly
        ("1.1.0", "0.2.2.post3"),  # in no table
        ("99.0.0", "0.21.0.custom"),
    ],
)
def test_quiet_on_pairs_that_fit_or_follow_no_table(torch, vision):
    assert judged(torch, vision) is None


def test_a_cpu_torch_with_pypi_s_torchvision_on_linux():
    found = judged("2.13.0+cpu", "0.28.0", host=LINUX)
    assert found is not None
    assert "CUDA 13" in found.message
    # one small wheel; torch stays
    assert found.remedies[0].commands == (
        (
            *("python", "-m", "pip", "install", "--force-reinstall", "--no-deps", "torchvision==0.28.0+cpu"),
            *("--index-url", "https://download.pytorch.org/whl/cpu"),
        ),
    )
    assert found.remedies[1].alternative


def test_a_cpu_torch_with_an_untagged_torchvision_elsewhere():
    assert judged("2.13.0+cpu", "0.28.0", host=Host(os="windows", architecture="x86_64")) is None
    assert judged("2.13.0+cpu", "0.28.0", host=Host(os="linux", architecture="aarch64")) is None
    assert judged("2.5.1+cpu", "0.20.1", installer="conda", host=LINUX) is None
    assert judged("2.13.0+cpu", "0.28.0") is None


def test_what_really_works_is_no_mismatch():
    assert judged("2.6.0", "0.20.0", runtime=WORKS) is None
    broken = Runtime(imported=True, modules=(Module("torchvision", failure=Failure("RuntimeError")),))
    assert judged("2.6.0", "0.20.0", runtime=broken) is not None


def test_a_cuda_build_stays_and_conda_mends_conda():
    keep = commands(judged("2.6.0+cu124", "0.20.1+cu124", python=Python(executable="/env/bin/python")))[0]
    assert keep[0] == "/env/bin/python"
    assert keep[-1].endswith("/cu124")
    assert "torchvision==0.21.0+cu124" in keep
    listed = (CondaPackage("pytorch", "2.5.1"), CondaPackage("torchvision", "0.19.1"))
    conda = Conda(prefix="/opt/env", packages=listed)
    torch = Torch(version="2.5.1", installer="conda")
    by_conda = commands(finding(RULE, torch=torch, packages=Packages(), conda=conda))[0]
    assert by_conda == ("conda", "install", "-p", "/opt/env", "-y", "pytorch=2.5.1", "torchvision=0.20.1")


def test_a_torchvision_that_works_or_is_not_there_clears_it_and_a_table_alone_does_not():
    pair = {"torch": Torch(version="2.6.0"), "packages": Packages((Package("torchvision", "0.21.0"),))}
    works = Runtime(imported=True, modules=(Module("torchvision", "0.21.0"), Module("torchvision.ops")))
    assert is_cleared(RULE, **{**pair, "torch": Torch(version="2.6.0", cuda_version="")}, runtime=works)
    assert is_open(RULE, **{**pair, "torch": Torch(version="2.6.0", cuda_version="12.4")}, runtime=works)
    tagged = Runtime(imported=True, modules=(Module("torchvision", "0.21.0+cu124"), Module("torchvision.ops")))
    assert is_cleared(RULE, **{**pair, "torch": Torch(version="2.6.0+cu124", cuda_version="12.4")}, runtime=tagged)
    assert is_cleared(RULE, torch=Torch(version="2.6.0"), packages=Packages())
    assert is_open(RULE, **pair)
    assert is_open(RULE, torch=Torch(version="2.6.0"), packages=Packages(complete=False))
    assert is_open(RULE, torch=Torch(), packages=Packages())


def test_what_works_on_the_cpu_alone_is_a_warning():
    works = Runtime(imported=True, modules=(Module("torchvision", "0.20.1+cpu"), Module("torchvision.ops")))
    found = judged("2.5.1+cu124", "0.20.1+cpu", runtime=works)
    assert found and found.severity is Severity.WARNING


def test_texts():
    assert points_to(RULE, "RuntimeError: operator torchvision::nms does not exist")
    assert points_to(RULE, "RuntimeError: No such operator torchvision::nms")
    assert points_to(RULE, "my container says torchvision::roi_align does not exist")
    assert points_to(
        RULE,
        "RuntimeError: Couldn't load custom C++ ops. This can happen if your PyTorch and torchvision versions",
    )
    assert points_to(
        RULE, "NotImplementedError: Could not run 'torchvision::nms' with arguments from the 'CUDA' backend."
    )
    assert not points_to(RULE, "RuntimeError: operator torchaudio::foo does not exist")
    assert not points_to(
        RULE, "NotImplementedError: Could not run 'aten::nonzero' with arguments from the 'CUDA' backend."
    )


def test_pypi_s_torchvision_for_windows_is_for_the_cpu() -> None:
    """It loads beside a torch for CUDA, and its operators fail on the GPU."""
    windows = Host(os="windows")
    found = judged("2.5.1+cu124", "0.20.1", host=windows)
    assert found and found.severity is Severity.WARNING and "built for cpu" in found.message
    assert judged("2.5.1+cu124", "0.20.1+cu124", host=windows) is None
    assert judged("2.5.1+cu124", "0.20.1", host=LINUX) is None
    assert judged("2.5.1", "0.20.1", host=windows) is None
    assert judged("1.10.2+cu113", "0.11.3", host=windows) is None  # whose index has wheels without a tag, too


def by_conda(own: str, other: str, installer: str = "conda"):
    listed = (CondaPackage("pytorch", "2.3.1", own, "pytorch"), CondaPackage("torchvision", "0.18.1", other, "pytorch"))
    packages = Packages((Package("torchvision", "0.18.1", installer="conda"),))
    return finding(
        RULE, torch=Torch(version="2.3.1", installer=installer), packages=packages, conda=Conda(packages=listed)
    )


def test_what_conda_calls_its_builds_tells_two_kinds():
    found = by_conda("py3.10_cuda12.1_cudnn8.9.2_0", "py310_cpu")
    assert found and found.severity is Severity.WARNING  # it loads, and has no operators for the GPU
    assert "built for cpu" in found.message
    found = by_conda("py3.10_cpu_0", "py310_cu121")
    assert found and found.severity is Severity.ERROR


def test_conda_s_builds_of_one_kind_or_beside_pip_s_torch_tell_nothing():
    assert by_conda("py3.10_cuda12.1_cudnn8.9.2_0", "py310_cu121") is None
    assert by_conda("cuda120_py310h8b1a2c3_300", "cuda118py310h0d1e2f3_0") is not None
    assert by_conda("py3.10_cuda12.1_cudnn8.9.2_0", "py310h5f9d8c6_0") is None
    assert by_conda("py3.10_cuda12.1_cudnn8.9.2_0", "py310_cpu", installer="pip") is None


def test_what_intel_built_belongs_to_intel_s_torch_of_that_release():
    assert judged("2.7.0+xpu", "0.16.0a0+cxx11.abi") is not None
    assert judged("2.1.0.post3+cxx11.abi", "0.16.0a0+cxx11.abi") is None
    assert judged("2.7.0+xpu", "0.99.0a0+cxx11.abi") is None

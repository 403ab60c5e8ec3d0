"""extension-abi-mismatch."""

import pytest

from doctor.facts import Failure, Module, Package, Packages, Python, Runtime, Torch
from doctor.model import Risk, Severity
from tests.rules.judging import commands, finding, is_open, points_to

RULE = "extension-abi-mismatch"


def failing(name: str, text: str) -> Runtime:
    return Runtime(imported=True, modules=(Module(name, failure=Failure(text, text)),))


def test_fires_on_an_extension_that_misses_torch_s_symbols():
    found = finding(RULE, runtime=failing("flash_attn", "ImportError: x.so: undefined symbol: _ZN3c105ErrorC2E"))
    assert found and "flash_attn" in found.message
    assert commands(found)[0][-1] == "flash-attn"


def test_quiet_on_torch_s_own_companions_and_on_other_failures():
    assert finding(RULE, runtime=failing("torchvision", "undefined symbol: _ZN3c105ErrorC2E")) is None
    assert finding(RULE, runtime=failing("numpy bridge", "undefined symbol: x")) is None
    assert finding(RULE, runtime=failing("xformers", "ModuleNotFoundError: No module named 'x'")) is None


def test_texts():
    assert points_to(
        RULE, "ImportError: /env/flash_attn_2_cuda.cpython-310-x86_64-linux-gnu.so: undefined symbol: _ZN3c105ErrorC2E"
    )
    assert points_to(
        RULE, "ImportError: libtorch_cuda_cu.so: cannot open shared object file: No such file or directory"
    )
    assert points_to(RULE, "ImportError: vllm/_C.abi3.so: undefined symbol _ZN3c106ivalue14ConstantString")
    assert not points_to(
        RULE, "ImportError: libcudart.so.12: cannot open shared object file: No such file or directory"
    )
    line = "ImportError: libGL.so.1: cannot open shared object file: No such file or directory"
    assert not points_to(RULE, line)


def test_the_release_that_is_there_is_built_again_by_a_person():
    packages = Packages((Package("flash-attn", "2.5.8+cu122torch2.3"),))
    runtime = failing("flash_attn", "ImportError: x.so: undefined symbol: _ZN3c105ErrorC2E")
    found = finding(RULE, runtime=runtime, packages=packages, python=Python(executable="/env/bin/python"))
    flags = ("--force-reinstall", "--no-deps", "--no-cache-dir", "--no-build-isolation")
    assert commands(found) == [("/env/bin/python", "-m", "pip", "install", *flags, "flash-attn==2.5.8")]
    assert found and found.remedies[0].risk is Risk.MANUAL


def test_extensions_that_nobody_tried_leave_it_open():
    assert is_open(RULE, runtime=Runtime(imported=True, modules=(Module("torchvision"), Module("flash_attn"))))


def test_what_pypi_does_not_have_is_not_asked_of_it():
    for name in ("detectron2", "pytorch3d", "my_kernels"):
        runtime = failing(name, "ImportError: x.so: undefined symbol: _ZN3c105ErrorC2E")
        found = finding(RULE, runtime=runtime, packages=Packages((Package(name.replace("_", "-"), "0.6"),)))
        assert commands(found) == []
        assert found and "installed torch" in found.remedies[0].title


def test_mmcv_of_old_is_another_package():
    packages = Packages((Package("mmcv-full", "1.7.1"),))
    found = finding(RULE, runtime=failing("mmcv", "ImportError: undefined symbol: _ZN3c105ErrorC2E"), packages=packages)
    assert commands(found)[0][-1] == "mmcv-full==1.7.1"


TORCH = Torch(version="2.5.1+cu124", build="cu124", cuda_version="12.4")


def listed(name: str, version: str) -> Packages:
    return Packages((Package(name, version),), complete=False)


@pytest.mark.parametrize(
    ("name", "version", "made"),
    [
        ("flash-attn", "2.5.8+cu122torch2.3cxx11abifalse", "torch 2.3 and CUDA 12"),
        ("causal-conv1d", "1.4.0+cu118torch2.4cxx11abifalse", "torch 2.4 and CUDA 11"),
        ("torch-scatter", "2.1.2+pt24cu121", "torch 2.4 and CUDA 12"),
        ("torch-sparse", "0.6.18+pt25cpu", "torch 2.5 and the CPU"),
        ("pyg-lib", "0.5.0+pt210cu128", "torch 2.10 and CUDA 12"),
        ("natten", "0.17.1+torch240cu121", "torch 2.4 and CUDA 12"),
        ("detectron2", "0.6+fd27788pt2.4.0cu121", "torch 2.4 and CUDA 12"),
        ("torch-scatter", "2.1.2+pt25cu118", "torch 2.5 and CUDA 11"),
    ],
)
def test_the_tag_of_a_wheel_names_the_torch_that_it_is_for(name: str, version: str, made: str) -> None:
    found = finding(RULE, torch=TORCH, packages=listed(name, version))
    assert found and found.severity is Severity.WARNING
    assert f"{name} was built for {made}," in found.message


@pytest.mark.parametrize(
    "version",
    [
        "2.7.4.post1+cu12torch2.5cxx11abifalse",
        "2.1.2+pt25cu121",
        "2.1.2",
        "0.17.1+torch250cu124",
        "1.0+local",
        "3.0+cu118",
    ],
)
def test_a_wheel_for_this_torch_or_without_a_tag_is_left_alone(version: str) -> None:
    assert is_open(RULE, torch=TORCH, packages=listed("torch-scatter", version))
    own = Torch(version="2.3.0a0+git1234", cuda_version="12.1")
    assert is_open(RULE, torch=own, packages=listed("torch-scatter", "2.1.2+pt24cu121"))


def test_an_xformers_of_another_torch_whose_operators_are_unavailable() -> None:
    broken = Module("xformers", failure=Failure("its operators are unavailable"), built_torch="2.4.0+cu121")
    found = finding(RULE, torch=TORCH, runtime=Runtime(imported=True, modules=(broken,)))
    assert found and found.severity is Severity.ERROR and "torch 2.4 and CUDA 12" in found.message
    assert commands(found)[0][-3:] == ("--no-binary", "xformers", "xformers")
    works = Module("xformers", built_torch="2.4.0+cu121")  # built on torch's stable ABI
    assert is_open(RULE, torch=TORCH, runtime=Runtime(imported=True, modules=(works,)))
    same = Module("xformers", failure=broken.failure, built_torch="2.5.0+cu121")
    assert is_open(RULE, torch=TORCH, runtime=Runtime(imported=True, modules=(same,)))


def test_an_mmcv_without_cuda_beside_a_torch_with_it() -> None:
    def judged(cuda: str) -> Runtime:
        return Runtime(imported=True, modules=(Module("mmcv", built_cuda=cuda),))

    found = finding(RULE, torch=TORCH, runtime=judged(""))
    assert found and "the CPU" in found.message
    found = finding(RULE, torch=Torch(version="2.5.1", cuda_version="12.4"), runtime=judged("11.8"))
    assert found and "CUDA 11, but torch 2.5.1 for CUDA 12.4" in found.message
    assert is_open(RULE, torch=TORCH, runtime=judged("12.1"))
    assert is_open(RULE, torch=Torch(version="2.5.1"), runtime=judged(""))


@pytest.mark.parametrize(
    ("name", "version", "made", "command"),
    [
        ("xformers", "0.0.27", "torch 2.3", "xformers==0.0.29.post1"),
        ("xformers", "0.0.23.post1+cu118", "torch 2.1", "xformers==0.0.29.post1"),
        ("vllm", "0.10.2", "torch 2.8", "vllm==0.7.3"),
    ],
)
def test_a_package_whose_wheels_take_one_torch_alone(name: str, version: str, made: str, command: str) -> None:
    found = finding(RULE, torch=TORCH, packages=listed(name, version))
    assert found and found.severity is Severity.WARNING and f"{name} was built for {made}," in found.message
    assert commands(found)[0][-1] == command


def test_directml_has_no_release_for_that_torch() -> None:
    found = finding(RULE, torch=TORCH, packages=listed("torch-directml", "0.2.5.dev240914"))
    assert found and "environment of its own" in found.remedies[0].title and not commands(found)


@pytest.mark.parametrize(
    "package",
    [
        Package("xformers", "0.0.28.post3"),  # for this torch
        Package("xformers", "0.0.28.post2"),  # for 2.5.0: the same minor release
        Package("xformers", "0.0.27", installer="conda"),  # has builds of its own
        Package("vllm", "0.10.2+cpu"),  # compiled here
    ],
)
def test_other_wheels_of_such_packages_are_left_alone(package: Package) -> None:
    assert is_open(RULE, torch=TORCH, packages=Packages((package,), complete=False))


def test_a_package_that_takes_its_torch_and_later_ones() -> None:
    newer = Torch(version="2.12.0+cu130", cuda_version="13.0")
    assert is_open(RULE, torch=newer, packages=listed("xformers", "0.0.35"))
    found = finding(RULE, torch=TORCH, packages=listed("xformers", "0.0.35"))
    assert found and "built for torch 2.10," in found.message and commands(found)[0][-1] == "xformers==0.0.29.post1"


def test_beside_a_torch_of_conda_forge_they_are_conda_forge_s() -> None:
    torch = Torch(version="2.1.2.post101")
    assert is_open(RULE, torch=torch, packages=listed("xformers", "0.0.21"))


def test_what_was_built_for_another_device_has_no_pin():
    vllm, npu = Package("vllm", "0.8.4"), Package("torch-npu", "2.5.1")
    torch = Torch(version="2.5.1", cuda_version="")
    assert finding(RULE, torch=torch, packages=Packages((vllm,))) is not None
    assert finding(RULE, torch=torch, packages=Packages((vllm, npu))) is None

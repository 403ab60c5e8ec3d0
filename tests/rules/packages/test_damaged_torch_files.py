"""damaged-torch-files."""

from doctor.facts import DamagedFile, Failure, Host, Module, Package, Packages, Python, Runtime, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_open, points_to

RULE = "damaged-torch-files"
CUT = DamagedFile("/env/torch/lib/libtorch_cpu.so", "size", "400", "17")
TORCH = (Package("torch", "2.7.1+cpu"),)


def test_fires_on_a_cut_library():
    found = finding(RULE, packages=Packages(TORCH, damaged=(CUT,)), torch=Torch(version="2.7.1+cpu"))
    assert found and found.severity is Severity.ERROR
    assert found.evidence[0].needed == "400"
    assert commands(found)[0][-3:] == ("torch===2.7.1+cpu", "--index-url", "https://download.pytorch.org/whl/cpu")


def test_pypi_s_file_is_asked_for_without_the_tag_torch_gives_itself():
    pypi = Packages((Package("torch", "2.7.1"),), damaged=(CUT,))
    found = finding(RULE, packages=pypi, torch=Torch(version="2.7.1+cu126"))
    assert commands(found)[0][-1] == "torch===2.7.1"


def test_a_vendor_s_build_is_not_replaced():
    version = "2.1.0a0+32f93b1.nv23.10"
    packages = Packages((Package("torch", version),), damaged=(CUT,))
    found = finding(RULE, packages=packages, torch=Torch(version=version))
    assert found is not None
    assert found.remedies == ()


def test_a_file_patched_by_hand_that_works_is_a_warning():
    patched = DamagedFile("/env/torch/_tensor.py", "hash")
    found = finding(RULE, packages=Packages(TORCH, damaged=(patched,)), runtime=Runtime(imported=True))
    assert found and found.severity is Severity.WARNING
    failing = Runtime(imported=True, modules=(Module("torchvision", failure=Failure("x")),))
    loud = finding(RULE, packages=Packages(TORCH, damaged=(patched,)), runtime=failing)
    assert loud and loud.severity is Severity.ERROR


def test_quiet_on_whole_files_and_on_files_nothing_loads():
    assert finding(RULE, packages=Packages(TORCH)) is None
    assert finding(RULE, packages=Packages(TORCH, damaged=(DamagedFile("/env/bin/torchrun", "missing"),))) is None


def test_texts():
    assert points_to(RULE, "OSError: /env/torch/lib/libtorch_cuda.so: file too short")
    assert points_to(RULE, "ImportError: /env/torch/lib/libtorch_cpu.so: invalid ELF header")
    assert not points_to(RULE, "OSError: /env/torch/lib/libtorch_cuda.so: cannot open shared object file")


def test_neither_a_sample_of_the_files_nor_an_import_shows_that_all_are_whole():
    assert is_open(RULE, packages=Packages(TORCH), runtime=Runtime(imported=True))
    assert is_open(RULE, packages=Packages(TORCH))
    assert is_open(RULE, packages=Packages(TORCH), runtime=Runtime(failure=Failure("SyntaxError")))


def test_only_the_package_that_the_file_belongs_to_is_installed_anew():
    installed = (*TORCH, Package("torchvision", "0.22.1+cpu"), Package("nvidia-cudnn-cu12", "9.5.1.17"))
    linux = {"host": Host(os="linux"), "python": Python(executable="/env/bin/python")}

    def first(path: str) -> tuple[str, ...]:
        packages = Packages(installed, damaged=(DamagedFile(f"/env/lib/site-packages/{path}", "missing"),))
        return commands(finding(RULE, packages=packages, torch=Torch(version="2.7.1+cpu"), **linux))[0]

    assert first("torch/lib/libc10.so")[-3] == "torch===2.7.1+cpu"
    assert first("torchvision/_C.so")[-3] == "torchvision==0.22.1+cpu"
    cudnn = ("--force-reinstall", "--no-deps", "nvidia-cudnn-cu12==9.5.1.17")
    assert first("nvidia/cudnn/lib/libcudnn.so.9") == ("/env/bin/python", "-m", "pip", "install", *cudnn)
    assert first("nvidia/cu13/lib/libcudart.so.13")[-1] == "nvidia-cudnn-cu12==9.5.1.17"


def test_whose_a_file_is_stands_in_its_record():
    """NVIDIA's packages share folders."""
    installed = (*TORCH, Package("nvidia-cublas", "13.4.1.3"), Package("nvidia-cudnn-cu13", "9.26.0.51"))
    cut = DamagedFile("/env/site-packages/nvidia/cu13/lib/libcublas.so.13", "size", "54198912", "9", "nvidia-cublas")
    found = finding(RULE, packages=Packages(installed, damaged=(cut,)), host=Host(os="linux"))
    assert found and "has 9 bytes instead of 54198912" in found.message
    assert [command[-1] for command in commands(found)] == ["nvidia-cublas==13.4.1.3"]


def test_files_of_two_packages_take_two_steps():
    packages = Packages(
        (*TORCH, Package("torchvision", "0.22.1+cpu")),
        damaged=tuple(
            DamagedFile(f"/env/site-packages/{path}", "missing") for path in ("torch/a.so", "torchvision/b.so")
        ),
    )
    found = finding(RULE, packages=packages, torch=Torch(version="2.7.1+cpu"), host=Host(os="linux"))
    assert [command[-3] for command in commands(found)] == ["torchvision==0.22.1+cpu", "torch===2.7.1+cpu"]
    assert found and not any(remedy.alternative for remedy in found.remedies)

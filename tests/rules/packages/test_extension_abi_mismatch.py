"""extension-abi-mismatch."""

from doctor.facts import Failure, Module, Package, Packages, Python, Runtime
from doctor.model import Risk
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

"""extension-abi-mismatch."""

from doctor.facts import Failure, Module, Runtime
from tests.rules.judging import commands, finding, points_to

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

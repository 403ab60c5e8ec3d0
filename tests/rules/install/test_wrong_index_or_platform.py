"""wrong-index-or-platform."""

from doctor.facts import Host, Nvidia, Python, Torch
from tests.rules.judging import NOT_THERE, commands, finding, is_open, points_to

RULE = "wrong-index-or-platform"


def test_fires_on_a_processor_without_wheels():
    found = finding(RULE, host=Host(architecture="riscv64"), torch=NOT_THERE)
    assert found and "riscv64" in found.message
    assert commands(found)[0] == ("torch-doctor", "match", "--arch", "riscv64")
    known = {"host": Host(os="linux", architecture="riscv64"), "python": Python(version="3.12.1")}
    nothing = finding(RULE, torch=NOT_THERE, **known, nvidia=Nvidia(driver_version="", gpus=()))
    assert nothing and nothing.remedies[0].title.startswith("No PyTorch fits")


def test_an_index_may_lack_the_wheel_on_any_machine():
    assert is_open(RULE, host=Host(architecture="x86_64"), torch=NOT_THERE)
    assert is_open(RULE, host=Host(), torch=NOT_THERE)


def test_quiet_elsewhere_with_a_torch_of_one_s_own_and_on_32_bits():
    for machine in ("x86_64", "AMD64", "aarch64", "arm64"):
        assert finding(RULE, host=Host(architecture=machine), torch=NOT_THERE) is None
    assert finding(RULE, host=Host(architecture="riscv64"), torch=Torch(version="2.3.0a0")) is None
    assert finding(RULE, host=Host(architecture="i686"), python=Python(bits=32), torch=NOT_THERE) is None
    assert finding(RULE, host=Host(), torch=NOT_THERE) is None


def test_texts():
    line = "ERROR: Could not find a version that satisfies the requirement torch (from versions: none)"
    assert points_to(RULE, line)
    assert points_to(RULE, "ERROR: No matching distribution found for torch==1.11.0+cu113")
    line = "`torch` (v2.8.0+cu128) only has wheels for the following platforms: `manylinux_2_28_x86_64`"
    assert points_to(RULE, line)
    assert points_to(RULE, "  Unable to find installation candidates for torch (2.4.1+cu124)")
    assert not points_to(RULE, "  Unable to find installation candidates for numpy (2.4.1)")
    assert not points_to(RULE, "ERROR: No matching distribution found for mypackage==1.0")


def test_texts_of_uv():
    uv = "Because torch==2.6.0 has no wheels with a matching platform tag (e.g., `macosx_15_0_x86_64`) and you require"
    assert points_to(RULE, uv)

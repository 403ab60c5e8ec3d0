"""rocm-gfx-unsupported."""

from doctor.facts import Amd, AmdGpu, DeviceCheck, Host, Python, Runtime, Torch, Variables
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "rocm-gfx-unsupported"
ROCM = Torch(version="2.4.1+rocm6.1", build="rocm6.1", hip_version="6.1.40091", cuda_version="")
NAVI22 = Amd(gpus=(AmdGpu("Radeon RX 6700 XT", gfx="gfx1031"),))


LINUX = {"host": Host(os="linux", architecture="x86_64"), "python": Python(version="3.12.3", implementation="CPython")}


def test_fires_and_offers_the_nearest_target():
    found = finding(RULE, amd=NAVI22, torch=ROCM, host=Host(os="linux"))
    assert found is not None
    assert "gfx1031" in found.message
    assert commands(found)[0] == ("env", "HSA_OVERRIDE_GFX_VERSION=10.3.0", "python", "PROGRAM.py")


def test_no_other_torch_is_offered_where_each_would_need_the_same_variable():
    found = finding(RULE, amd=NAVI22, torch=ROCM, host=Host(os="linux"))
    assert not any(word.startswith("torch==") for argv in commands(found) for word in argv)


def test_a_build_with_code_of_its_own_is_the_other_way():
    navi32 = Amd(gpus=(AmdGpu("Radeon RX 7800 XT", gfx="gfx1101"),))
    found = finding(RULE, amd=navi32, torch=ROCM, runtime=Runtime(arch_list=("gfx1100",)), **LINUX)
    assert commands(found)[0][1] == "HSA_OVERRIDE_GFX_VERSION=11.0.0"
    assert any(word.startswith("torch==") for argv in commands(found) for word in argv)


def test_no_target_is_near_where_the_build_does_not_have_that_one_either():
    other = Runtime(arch_list=("gfx900", "gfx1100"))
    found = finding(RULE, amd=NAVI22, torch=ROCM, runtime=other, host=Host(os="linux"))
    assert not any("HSA_OVERRIDE" in word for argv in commands(found) for word in argv)


def test_the_list_of_torch_is_taken_first():
    listed = Runtime(arch_list=("gfx1030", "gfx1031"))
    assert is_cleared(RULE, amd=NAVI22, torch=ROCM, runtime=listed)


def test_features_behind_the_target_do_not_count():
    assert is_cleared(RULE, amd=Amd(gpus=(AmdGpu("MI250", gfx="gfx90a:sramecc+:xnack-"),)), torch=ROCM)


def test_graphics_of_the_processor_beside_a_card_are_worth_knowing_only():
    both = Amd(gpus=(AmdGpu("Radeon RX 7900 XTX", gfx="gfx1100"), AmdGpu("Raphael", gfx="gfx1036")))
    assert finding(RULE, amd=both, torch=ROCM).severity is Severity.INFO


def test_cleared_by_another_build_and_a_gpu_that_computes():
    assert is_cleared(RULE, amd=NAVI22, torch=Torch(version="2.4.1+cpu", build="cpu", hip_version=""))
    computes = Runtime(devices=(DeviceCheck("cuda:0", "Radeon RX 6700 XT"),))
    assert is_cleared(RULE, amd=NAVI22, torch=ROCM, runtime=computes)


def test_open_with_an_override_an_unknown_target_and_an_unknown_build():
    assert is_open(RULE, amd=Amd(gpus=NAVI22.gpus, override="10.3.0"), torch=ROCM)
    assert is_open(RULE, amd=NAVI22, torch=ROCM, variables=Variables({"HSA_OVERRIDE_GFX_VERSION": "10.3.0"}))
    assert is_open(RULE, amd=Amd(gpus=(AmdGpu("Device 1"),)), torch=ROCM)
    assert is_open(RULE, amd=NAVI22, torch=Torch(version="2.4.1"))


def test_texts():
    assert points_to(RULE, "RuntimeError: HIP error: invalid device function")
    assert points_to(RULE, 'guarantee(false && "hipErrorNoBinaryForGpu: Unable to find code object")')
    assert not points_to(RULE, "RuntimeError: HIP error: out of memory")


def test_what_a_release_has_code_for_its_nightlies_may_lack():
    amd = Amd((AmdGpu("Radeon RX 7900 XTX", "gfx1100"),))
    release, nightly = (Torch(version=f"2.6.0{dev}+rocm6.2.4", build="rocm6.2.4") for dev in ("", ".dev20241101"))
    assert is_cleared(RULE, amd=amd, torch=release)
    assert is_open(RULE, amd=amd, torch=nightly)


def test_cards_of_the_first_generations_by_their_names():
    for name in ("AMD Radeon R9 270X", "AMD Radeon (TM) Pro WX 5100 Graphics", "Tahiti XT [Radeon HD 7970/8970 OEM]"):
        found = finding(RULE, amd=Amd((AmdGpu(name),)), torch=ROCM)
        assert found and name in found.message

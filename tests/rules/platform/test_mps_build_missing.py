"""mps-build-missing."""

from doctor.facts import Apple, Host, Python, Runtime, Torch
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "mps-build-missing"
MAC = Host(os="macos", architecture="arm64", distribution_version="14.5")


def test_fires_on_an_apple_chip():
    found = finding(
        RULE, runtime=Runtime(mps_built=False), host=MAC, apple=Apple("Apple M2"), torch=Torch(version="1.11.0")
    )
    assert found is not None
    assert "Apple M2" in found.message


def test_the_build_is_what_match_chooses_and_pinned():
    python = Python(executable="/env/bin/python", version="3.12.3", machine="arm64")
    facts = {"host": MAC, "apple": Apple("Apple M2", "14.5"), "python": python}
    (install,) = commands(finding(RULE, runtime=Runtime(mps_built=False), **facts))
    assert install[:4] == ("/env/bin/python", "-m", "pip", "install")
    assert any(word.startswith("torch==") for word in install)


def test_cleared_on_an_intel_mac_under_rosetta_and_elsewhere():
    without = Runtime(mps_built=False)
    assert is_cleared(RULE, runtime=without, host=MAC, apple=Apple("Intel Core i7"))
    translated = Host(os="macos", rosetta=True, distribution_version="14.5")
    assert is_cleared(RULE, runtime=without, host=translated, apple=Apple("Apple M2"))
    assert is_cleared(RULE, runtime=without, host=Host(os="linux"))


def test_open_with_mps_which_may_lack_an_operation_and_where_nobody_asked():
    assert is_open(RULE, runtime=Runtime(mps_built=True), host=MAC, apple=Apple("Apple M2"))
    assert is_open(RULE, runtime=Runtime(), host=MAC, apple=Apple("Apple M2"))


def test_texts():
    assert points_to(RULE, "RuntimeError: PyTorch is not linked with support for mps devices")
    assert points_to(RULE, "The operator 'aten::_fft_r2c' is not currently implemented for the MPS device.")
    assert not points_to(RULE, "RuntimeError: PyTorch is not linked with support for xpu devices")

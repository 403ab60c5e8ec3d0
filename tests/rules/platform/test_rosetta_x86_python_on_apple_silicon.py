"""rosetta-x86-python-on-apple-silicon."""

from doctor.facts import Apple, Cpu, Host, Python
from tests.rules.judging import finding, is_cleared, is_open, points_to

RULE = "rosetta-x86-python-on-apple-silicon"
MAC = Host(os="macos")


def test_fires_on_translated_code():
    assert finding(RULE, host=Host(os="macos", rosetta=True)) is not None
    found = finding(RULE, host=MAC, python=Python(machine="x86_64"), apple=Apple("Apple M1"))
    assert found is not None
    assert "Apple M1" in found.message
    assert "arm64 Python" in found.remedies[0].title
    assert (
        finding(RULE, host=MAC, python=Python(platform="macosx-10.9-x86_64"), cpu=Cpu(model="Apple M2 Pro")) is not None
    )


def test_cleared_on_an_intel_mac_and_elsewhere():
    assert is_cleared(RULE, host=MAC, python=Python(machine="x86_64"), cpu=Cpu(model="Intel(R) Core(TM) i7"))
    assert is_cleared(RULE, host=Host(os="linux"), python=Python(machine="x86_64"))


def test_open_for_a_native_python_which_may_meet_an_intel_package():
    assert is_open(RULE, host=MAC, python=Python(machine="arm64"), apple=Apple("Apple M1"))


def test_texts():
    line = "(mach-o file, but is an incompatible architecture (have 'x86_64', need 'arm64'))"
    assert points_to(RULE, line)
    assert not points_to(RULE, "incompatible architecture of the model")


def test_a_process_that_was_told_x86_64_on_an_apple_chip_is_translated():
    assert finding(RULE, host=Host(os="macos", architecture="x86_64"), cpu=Cpu(model="Apple M3 Max")) is not None
    assert is_open(RULE, host=Host(os="macos", architecture="x86_64"))

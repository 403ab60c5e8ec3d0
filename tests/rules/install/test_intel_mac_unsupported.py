"""intel-mac-unsupported."""

from doctor import explain
from doctor.facts import Cpu, ErrorText, Host, Python, Torch
from doctor.model import Severity
from tests.rules.judging import NOT_THERE, commands, finding, is_cleared, is_open, points_to

RULE = "intel-mac-unsupported"
INTEL = Host(os="macos", architecture="x86_64")


def test_an_error_for_a_python_without_wheels_and_a_warning_for_an_older_one():
    newer = finding(RULE, host=INTEL, python=Python(version="3.13.0"), torch=NOT_THERE)
    older = finding(RULE, host=INTEL, python=Python(version="3.11.0"), torch=NOT_THERE)
    assert newer and newer.severity is Severity.ERROR
    assert older and older.severity is Severity.WARNING
    last = ("torch==2.2.2", "torchvision==0.17.2", "torchaudio==2.2.2", "numpy<2")
    assert commands(older) == [("python", "-m", "pip", "install", *last)]
    assert commands(newer) == [("torch-doctor", "setup", "--env", ".venv", "--python", "3.12")]


def test_quiet_on_apple_silicon_rosetta_and_where_torch_is_there():
    python = Python(version="3.13.0")
    assert finding(RULE, host=Host(os="macos", architecture="arm64"), python=python, torch=NOT_THERE) is None
    rosetta = Host(os="macos", architecture="x86_64", rosetta=True)
    assert finding(RULE, host=rosetta, python=python, torch=NOT_THERE) is None
    assert finding(RULE, host=INTEL, python=Python(version="3.11.0"), torch=Torch(version="2.2.2")) is None
    assert finding(RULE, host=Host(os="linux", architecture="x86_64"), python=python, torch=NOT_THERE) is None


def test_texts():
    line = (
        "ERROR: Could not find a version that satisfies the requirement torch==2.3.0 "
        "(from versions: 2.2.0, 2.2.1, 2.2.2)"
    )
    assert points_to(RULE, line)
    line = "ERROR: Could not find a version that satisfies the requirement torch==1.8.1 (from versions: 2.0.0, 2.2.2)"
    assert not points_to(RULE, line)


def test_another_machine_clears_it_and_a_torch_that_is_there_does_not():
    python = Python(version="3.11.0")
    for host in (Host(os="macos", architecture="arm64"), Host(os="linux", architecture="x86_64")):
        assert is_cleared(RULE, host=host, python=python, torch=NOT_THERE)
    assert is_cleared(RULE, host=Host(os="macos", architecture="x86_64", rosetta=True), python=python)
    assert is_open(RULE, host=INTEL, python=python, torch=Torch(version="2.2.2"))
    assert is_open(RULE, host=Host(os="macos"), python=python, torch=NOT_THERE)
    assert is_open(RULE, host=Host(), python=python, torch=NOT_THERE)


def test_a_platform_that_uv_names_comes_before_the_wheel_that_is_not_there():
    told = (
        "error: Distribution `torch==2.7.0 @ registry+https://example.org/simple` can't be installed because it doesn't"
        " have a source distribution or wheel for the current platform\n\nhint: You're on macOS (`macosx_15_0_x86_64`),"
        " but `torch` (v2.7.0) only has wheels for the following platforms: `manylinux1_x86_64`, `win_amd64`"
    )
    assert explain.causes(told)[0].rule == RULE


def test_a_release_that_came_later_is_refused_by_uv():
    words = "can't be installed because it doesn't have a wheel for the current platform"
    refused = f"Distribution `torch==2.6.0 @ registry+x` {words}"
    python = Python(version="3.11.0")
    found = finding(RULE, host=INTEL, python=python, error=ErrorText(refused))
    assert found and found.severity is Severity.ERROR
    assert finding(RULE, host=INTEL, python=python, error=ErrorText(refused.replace("2.6.0", "2.2.1"))) is None


def test_an_x86_64_python_on_an_apple_chip_is_no_intel_mac():
    told = ErrorText("Unable to find installation candidates for torch (2.4.0)")
    mac = Host(os="macos", architecture="x86_64")
    assert finding(RULE, host=mac, error=told) is not None
    assert is_cleared(RULE, host=mac, cpu=Cpu(model="Apple M2"), error=told)

"""toolkit-torch-cuda-mismatch."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Failure, Module, Runtime, Toolkit, Toolkits, Torch
from doctor.model import Severity
from tests.rules.judging import facts_of, finding, is_cleared, is_open, points_to

RULE = "toolkit-torch-cuda-mismatch"
TORCH = Torch(version="2.6.0+cu126", cuda_version="12.6")


def test_another_major_version_is_worth_knowing():
    found = finding(RULE, toolkits=Toolkits(nvcc_version="11.5.119"), torch=TORCH)
    assert found and found.severity is Severity.INFO
    assert "11.5" in found.message and "12.6" in found.message


def test_where_torch_itself_says_so_it_is_what_stopped_the_build():
    text = "RuntimeError: The detected CUDA version (11.5) mismatches the version that was used to compile"
    told = ErrorText(text)
    found = finding(RULE, toolkits=Toolkits(nvcc_version="11.5"), torch=TORCH, error=told)
    assert found and found.severity is Severity.ERROR
    found = finding(RULE, toolkits=Toolkits(nvcc_version="9.1.85"), torch=Torch(version="1.8.0"), error=told)
    assert found is None or found.severity is Severity.ERROR


def test_another_minor_version_works():
    assert is_cleared(RULE, toolkits=Toolkits(nvcc_version="12.1"), torch=TORCH)


def test_cuda_home_counts_before_the_path():
    home = Toolkit("12.4", "/opt/cuda-12.4", "CUDA_HOME")
    two = Toolkits(nvcc_version="11.5", cuda_home="/opt/cuda-12.4", installed=(Toolkit("11.5", "/usr", "PATH"), home))
    assert is_cleared(RULE, toolkits=two, torch=TORCH)
    elsewhere = Toolkits(nvcc_version="11.5", cuda_home="/nowhere", installed=(Toolkit("11.5", "/usr", "PATH"),))
    assert is_open(RULE, toolkits=elsewhere, torch=TORCH)
    assert finding(RULE, toolkits=Toolkits(nvcc_version="11.5", cuda_home="/usr"), torch=TORCH)  # of a report


def test_open_without_nvcc_and_for_a_build_without_cuda():
    assert is_open(RULE, toolkits=Toolkits(nvcc_version=""), torch=TORCH)
    assert is_open(RULE, toolkits=Toolkits(nvcc_version="11.5"), torch=Torch(version="2.6.0+cpu", cuda_version=""))


def test_the_text_tells_which_toolkit_is_wanted():
    line = "The detected CUDA version (11.5) mismatches the version that was used to compile PyTorch (12.1). Please"
    remedies = remedies_of(rules.load(RULE), facts_of(error=ErrorText(line)))
    assert "CUDA toolkit 12.1" in remedies[-1].title


def test_texts():
    assert points_to(
        RULE, "Installed CUDA version 12.4 does not match the version torch was compiled with 11.8, unable"
    )
    accepted = (
        "Installed CUDA version 12.4 does not match the version torch was compiled with 12.1 but since the APIs are"
    )
    assert not points_to(RULE, f"{accepted} compatible, accepting this combination")
    assert not points_to(
        RULE, "The detected CUDA version (12.2) has a minor version mismatch with the version that was used to compile"
    )


def test_of_two_toolkits_torch_says_which_one_it_took():
    text = (
        "RuntimeError: The detected CUDA version (12.4) mismatches the version that was used to compile PyTorch (11.8)."
    )
    torch = Torch(version="2.2.0+cu118", build="cu118", cuda_version="11.8")
    found = finding(RULE, toolkits=Toolkits(nvcc_version="11.8"), torch=torch, error=ErrorText(text))
    assert "nvcc is of CUDA 12.4" in found.message


def test_a_release_none_of_whose_builds_is_of_that_cuda():
    found = finding(RULE, toolkits=Toolkits(nvcc_version="9.1.85"), torch=Torch(version="1.8.0"))
    assert found and found.severity is Severity.INFO
    assert "10.2" in found.message and "11.1" in found.message
    runtime = Runtime(modules=(Module("detectron2._C", failure=Failure("No module named 'detectron2._C'")),))
    found = finding(RULE, toolkits=Toolkits(nvcc_version="9.1.85"), torch=Torch(version="1.8.0"), runtime=runtime)
    assert found and found.severity is Severity.WARNING
    assert is_open(RULE, toolkits=Toolkits(nvcc_version="11.3"), torch=Torch(version="1.8.0"))
    assert is_open(RULE, toolkits=Toolkits(nvcc_version="9.1.85"), torch=Torch(version="1.8.0", source_build=True))


def test_what_another_nvcc_built_is_built_again():
    symbol = "ImportError: /srv/dcn/_ext.cpython-37m-x86_64-linux-gnu.so: undefined symbol: cudaConfigureCall"
    torch, today = Torch(version="1.8.0", cuda_version="10.2"), Toolkits(nvcc_version="10.2")
    assert is_cleared(RULE, torch=torch, toolkits=today)
    assert is_open(RULE, torch=torch, toolkits=today, error=ErrorText(symbol))
    remedies = remedies_of(rules.load(RULE), facts_of(torch=torch, toolkits=today, error=ErrorText(symbol)))
    assert "build it again" in remedies[-1].title

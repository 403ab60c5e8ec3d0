"""What the NVIDIA rules share."""

from doctor.facts import ErrorText, Gpu, Nvidia, Runtime, Torch, Variables
from doctor.model import Severity
from doctor.rules import _nvidia


def test_names_are_counted():
    assert _nvidia.names((Gpu("A10"), Gpu("T4"), Gpu("A10"))) == "2 x A10, T4"


def test_what_was_said_is_found_wherever_it_was_said():
    text = ErrorText("first line\nCUDA: here it is")
    assert _nvidia.matching_line("here", Nvidia(), Runtime(), text) == "CUDA: here it is"
    assert _nvidia.matching_line((r"(?i)CUDA: HERE", "other"), None, None, text) == "CUDA: here it is"
    assert _nvidia.matching_line("here", Nvidia(libcuda_error="not it"), None) == ""


def test_builds():
    assert _nvidia.cuda_build(Torch(cuda_version="12.6"))
    assert _nvidia.cuda_build(Torch(build="cu126"))
    assert not _nvidia.cuda_build(Torch(build="cpu", cuda_version=""))
    assert not _nvidia.cuda_build(None)


def test_hidden_on_purpose():
    assert all(_nvidia.hidden(Variables({"CUDA_VISIBLE_DEVICES": value})) for value in ("", "-1", "NoDevFiles", '""'))
    assert not any(_nvidia.hidden(Variables({"CUDA_VISIBLE_DEVICES": value})) for value in ("0", "all"))
    assert not _nvidia.hidden(Variables({}))


def test_cuda_that_does_not_start_matters_less_without_a_cuda_build():
    assert _nvidia.level(Torch(version="2.7.1+cu126", cuda_version="12.6")) is Severity.ERROR
    assert _nvidia.level(Torch(version="2.7.1")) is Severity.ERROR
    assert _nvidia.level(None) is Severity.ERROR
    assert _nvidia.level(Torch(version="2.7.1+cpu", build="cpu", cuda_version="")) is Severity.WARNING
    assert _nvidia.level(Torch(version="2.7.1+rocm6.3", build="rocm6.3")) is Severity.WARNING

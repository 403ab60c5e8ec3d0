"""duplicate-torch-installs."""

from doctor.facts import Conda, CondaPackage, Failure, Host, Package, Packages, Python, Runtime, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_open, points_to

RULE = "duplicate-torch-installs"
BY_PIP = Package("torch", "2.7.1", installer="pip", location="/env/site")


def test_fires_on_two_copies_on_the_import_path():
    copies = (Package("torch", "2.7.1", location="/a"), Package("torch", "2.1.0", location="/b"))
    found = finding(RULE, packages=Packages(duplicates=copies), torch=Torch(version="2.7.1"))
    assert found and found.severity is Severity.ERROR
    assert "/a" in found.message and "/b" in found.message
    assert [(r.commands, "/a, /b" in r.title) for r in found.remedies] == [((), True)]  # nothing goes unasked


def test_fires_on_pip_s_copy_over_conda_s_of_another_version():
    conda = Conda(prefix="/env", packages=(CondaPackage("pytorch", "2.5.1", channel="conda-forge"),))
    found = finding(RULE, packages=Packages((BY_PIP,)), conda=conda)
    assert found is not None
    assert commands(found)[-1] == ("conda", "install", "-p", "/env", "--force-reinstall", "-y", "pytorch=2.5.1")


def test_a_warning_while_torch_works():
    conda = Conda(packages=(CondaPackage("pytorch", "2.5.1"),))
    found = finding(RULE, packages=Packages((BY_PIP,)), conda=conda, runtime=Runtime(imported=True))
    assert found and found.severity is Severity.WARNING


def test_quiet_on_one_copy_seen_by_both_tools():
    listed_by_conda = Conda(packages=(CondaPackage("pytorch", "2.5.1", channel="conda-forge"),))
    by_conda = Package("torch", "2.5.1", installer="conda")
    assert finding(RULE, packages=Packages((by_conda,)), conda=listed_by_conda) is None
    pypi = Conda(packages=(CondaPackage("torch", "2.7.1", channel="pypi"),))
    assert finding(RULE, packages=Packages((BY_PIP,)), conda=pypi) is None
    same = Conda(packages=(CondaPackage("pytorch", "2.7.1"),))
    assert finding(RULE, packages=Packages((BY_PIP,)), conda=same) is None


def test_a_folder_listed_twice_is_one_copy():
    twice = (Package("torch", "2.7.1", location="/a"), Package("torch", "2.7.1", location="/a"))
    assert finding(RULE, packages=Packages(duplicates=twice)) is None


def test_texts():
    start = "ImportError: /env/lib/python3.10/site-packages/torch/lib/libtorch_python.so: undefined symbol: "
    assert points_to(RULE, start + "_ZN5torch3jit5Value13setUniqueNameE")
    assert points_to(
        RULE, "RuntimeError: Only a single TORCH_LIBRARY can be used to register the namespace prims; please"
    )
    assert not points_to(
        RULE, "ImportError: /env/site-packages/flash_attn_2_cuda.so: undefined symbol: _ZN3c105ErrorC2E"
    )


def test_torch_s_own_libraries_that_do_not_fit_each_other():
    for symbol in ("_ZTIN2at4TypeE", "FLAGS_caffe2_keep_on_shrink", "_ZNK3c1010TensorImpl23shallow_copy_and_detach"):
        assert points_to(RULE, f"ImportError: /env/torch/lib/libtorch_cpu.so: undefined symbol: {symbol}")
    assert not points_to(RULE, "ImportError: /env/torch/lib/libtorch_cpu.so: undefined symbol: iJIT_NotifyEvent")


def test_another_package_may_bring_a_copy_that_no_list_tells_of():
    assert is_open(RULE, packages=Packages((BY_PIP,)), runtime=Runtime(imported=True))
    assert is_open(RULE, packages=Packages((BY_PIP,)), runtime=Runtime(failure=Failure("undefined symbol")))
    assert is_open(RULE, packages=Packages((BY_PIP,)))


def test_copies_in_a_closed_environment_are_left_alone():
    conda = Conda(prefix="/env", packages=(CondaPackage("pytorch", "2.5.1"),))
    python = Python(externally_managed=True)
    found = finding(RULE, packages=Packages((BY_PIP,)), conda=conda, python=python, host=Host(os="linux"))
    assert commands(found) == [("torch-doctor", "setup", "--env", ".venv")]

"""vc-runtime-outdated."""

from doctor.facts import AbsentLibrary, Failure, Folder, Host, Package, Packages, Python, Runtime, Storage, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "vc-runtime-outdated"
OLD = Host(os="windows", vc_runtime="14.36.32532")
NEEDS = Torch(version="2.15.0+cpu")
FAILED = Failure(
    message='[WinError 126] The specified module could not be found. Error loading "C:\\e\\torch\\lib\\torch_cpu.dll"',
    library="C:\\e\\torch\\lib\\torch_cpu.dll",
)
LOOKED = Torch(version="2.15.0+cpu", absent_libraries=(AbsentLibrary("VCRUNTIME140_THREADS.dll", "torch_cpu.dll"),))


def test_a_dll_that_is_asked_for_and_not_found():
    found = finding(RULE, host=Host(os="windows"), torch=LOOKED)
    assert found and found.severity is Severity.WARNING
    assert "torch_cpu.dll of PyTorch 2.15.0+cpu needs VCRUNTIME140_THREADS.dll" in found.message
    failed = finding(RULE, host=OLD, torch=LOOKED, runtime=Runtime(imported=False, failure=FAILED))
    assert failed and failed.severity is Severity.ERROR


def test_files_come_before_versions():
    whole = Torch(version="2.15.0", absent_libraries=())
    assert is_cleared(RULE, host=OLD, torch=whole)
    none_at_all = (AbsentLibrary("MSVCP140.dll", "c10.dll"), AbsentLibrary("VCRUNTIME140_THREADS.dll", "torch_cpu.dll"))
    assert is_open(RULE, host=OLD, torch=Torch(version="2.15.0", absent_libraries=none_at_all))
    foreign = (AbsentLibrary("libomp140.x86_64.dll", "fbgemm.dll"),)
    assert is_cleared(RULE, host=OLD, torch=Torch(version="2.4.0", absent_libraries=foreign))


def test_pips_runtime_comes_into_a_python_of_ones_own_and_into_an_environment_that_is_active():
    host = Host(os="windows", tools=("winget",))
    own = Storage(folders=(Folder("environment", "D:\\e", writable=True),))
    base = Python(executable="D:\\e\\python.exe", kind="system", pip_version="25.1")
    found = finding(RULE, host=host, torch=LOOKED, python=base, storage=own)
    assert [argv[0] for argv in commands(found)] == ["D:\\e\\python.exe", "winget"]
    locked = Storage(folders=(Folder("environment", "D:\\e", writable=False),))
    assert len(commands(finding(RULE, host=host, torch=LOOKED, python=base, storage=locked))) == 1
    venv = finding(RULE, host=host, torch=LOOKED, python=Python(kind="venv"), storage=own)
    assert [argv[0] for argv in commands(venv)] == ["winget"]
    assert "has to be active" in venv.remedies[1].title


def test_a_runtime_without_the_dll():
    found = finding(RULE, host=OLD, torch=NEEDS)
    assert found and found.severity is Severity.WARNING
    assert commands(found)[0][0] == "winget"


def test_an_error_where_the_import_failed_for_it():
    found = finding(RULE, host=OLD, torch=NEEDS, runtime=Runtime(imported=False, failure=FAILED))
    assert found and found.severity is Severity.ERROR


def test_cleared_by_a_newer_runtime_an_older_torch_or_another_system():
    assert is_cleared(RULE, host=Host(os="windows", vc_runtime="14.44.35211"), torch=NEEDS)
    assert is_cleared(RULE, host=OLD, torch=Torch(version="2.13.0"))
    assert is_cleared(RULE, host=Host(os="linux"), torch=NEEDS)
    assert is_cleared(RULE, host=OLD, torch=NEEDS, runtime=Runtime(imported=True))


def test_open_without_a_runtime_and_where_a_package_brings_one():
    assert is_open(RULE, host=Host(os="windows", vc_runtime=""), torch=NEEDS)
    own = Packages(installed=(Package("msvc-runtime", "14.44.35112"),))
    assert is_open(RULE, host=OLD, torch=NEEDS, packages=own)


def test_texts():
    assert points_to(RULE, "The code execution cannot proceed because VCRUNTIME140_THREADS.dll was not found.")
    assert not points_to(RULE, "The code execution cannot proceed because VCRUNTIME140.dll was not found.")

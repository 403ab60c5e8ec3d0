"""windows-dll-load-127."""

from doctor.facts import Failure, Host, Runtime, ShadowingLibrary, Toolkits, Torch
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "windows-dll-load-127"
OTHER = Toolkits(shadowing=(ShadowingLibrary("cudart64_12.dll", r"C:\CUDA\bin\cudart64_12.dll", "PATH"),))
FAILED = Runtime(failure=Failure("OSError: [WinError 127] The specified procedure could not be found."))


def test_fires_when_the_import_fails_and_another_dll_is_on_the_path():
    found = finding(RULE, host=Host(os="windows"), toolkits=OTHER, runtime=FAILED)
    assert found and "cudart64_12.dll" in found.message


def test_files_of_two_versions_without_another_dll_on_the_path():
    found = finding(RULE, host=Host(os="windows"), toolkits=Toolkits(), runtime=FAILED, torch=Torch(version="2.7.1"))
    assert "two versions" in found.message
    assert commands(found)[0][:4] == ("python", "-m", "pip", "install")


def test_cleared_where_torch_works_and_elsewhere_and_open_where_the_import_was_not_seen():
    assert is_cleared(RULE, host=Host(os="windows"), toolkits=OTHER, runtime=Runtime(imported=True))
    assert is_cleared(RULE, host=Host(os="linux"), toolkits=OTHER, runtime=FAILED)
    assert is_open(RULE, host=Host(os="windows"), toolkits=OTHER)


def test_texts():
    assert points_to(
        RULE, r'OSError: [WinError 127] 找不到指定的程序。 Error loading "d:\torch\lib\caffe2_detectron_ops_gpu.dll"'
    )
    assert points_to(RULE, "ImportError: DLL load failed: Die angegebene Prozedur wurde nicht gefunden.")
    assert not points_to(RULE, "OSError: [WinError 1275] This driver has been blocked from loading")


def test_a_function_that_is_asked_for_by_number():
    assert points_to(RULE, "ImportError: DLL load failed: The operating system cannot run %1.")
    assert points_to(RULE, "OSError: [WinError 182] 操作系统无法运行 %1。")

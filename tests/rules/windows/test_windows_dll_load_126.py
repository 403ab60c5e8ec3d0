"""windows-dll-load-126."""

import pytest

from doctor.facts import AbsentLibrary, Failure, Host, Python, Runtime, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "windows-dll-load-126"
TORCH = Torch(version="2.7.1")


WITHOUT, WITH = Host(os="windows", vc_runtime=""), Host(os="windows", architecture="x86_64", vc_runtime="14.44")


def failing(name: str) -> Runtime:
    path = rf"C:\env\Lib\site-packages\torch\lib\{name}"
    return Runtime(failure=Failure(f'OSError: [WinError 126] x Error loading "{path}" or one of its', library=path))


def test_a_warning_without_the_visual_c_runtime_and_an_error_where_the_import_fails_for_it():
    found = finding(RULE, host=WITHOUT, torch=TORCH)
    assert found.severity is Severity.WARNING
    assert commands(found) == [("winget", "install", "--id", "Microsoft.VCRedist.2015+.x64", "--exact")]
    assert finding(RULE, host=WITHOUT, torch=TORCH, runtime=failing("shm.dll")).severity is Severity.ERROR


def lacking(name: str, needed_by: str) -> Torch:
    return Torch(version="2.7.1", absent_libraries=(AbsentLibrary(name, needed_by),))


def test_the_files_tell_which_dll_is_missing():
    found = finding(RULE, host=WITH, torch=lacking("libomp140.x86_64.dll", "fbgemm.dll"), runtime=failing("shm.dll"))
    assert "fbgemm.dll needs libomp140.x86_64.dll" in found.message
    none = finding(RULE, host=Host(os="windows"), torch=lacking("MSVCP140.dll", "c10.dll"))
    assert none.severity is Severity.WARNING
    assert commands(none) == [("winget", "install", "--id", "Microsoft.VCRedist.2015+.x64", "--exact")]
    assert is_open(RULE, host=WITHOUT, torch=Torch(version="2.7.1", absent_libraries=()))  # pip's or conda's runtime


def test_with_the_runtime_another_dll_is_missing_and_torch_is_installed_anew():
    found = finding(RULE, host=WITH, torch=TORCH, runtime=failing("shm.dll"))
    assert "shm.dll" in found.message
    assert commands(found)[0][:4] == ("python", "-m", "pip", "install")
    assert "torch===2.7.1" in commands(found)[0]


def test_torch_2_4_0_asks_for_a_dll_that_only_a_newer_one_does_without():
    python = Python(executable="python.exe", version="3.11.9")
    host = Host(os="windows", architecture="x86_64", vc_runtime="14.44")
    found = finding(RULE, host=host, torch=Torch(version="2.4.0"), runtime=failing("fbgemm.dll"), python=python)
    assert not [argv for argv in commands(found) if argv[0] == "winget" or "torch==2.4.0" in argv]


def test_intels_dll_is_no_matter_of_visual_c():
    assert is_open(RULE, host=WITH, torch=TORCH, runtime=failing("c10_xpu.dll"))
    assert not points_to(RULE, failing("c10_xpu.dll").failure.message)


def test_cleared_where_torch_works_and_elsewhere():
    assert is_cleared(RULE, host=Host(os="linux", vc_runtime=""), torch=TORCH)
    assert is_cleared(RULE, host=WITHOUT, torch=TORCH, runtime=Runtime(imported=True))


def test_open_where_the_runtime_is_there_or_not_known():
    assert is_open(RULE, host=WITH, torch=TORCH)
    assert is_open(RULE, host=Host(os="windows"), torch=TORCH)


@pytest.mark.parametrize(
    "line",
    [
        r'OSError: [WinError 126] 找不到指定的模块。 Error loading "D:\env\torch\lib\fbgemm.dll" or one',
        r'OSError: [WinError 126] Das angegebene Modul wurde nicht gefunden. Error loading "C:\torch\lib\a.dll"',
        "ImportError: DLL load failed: 指定されたモジュールが見つかりません。",
        "ImportError: DLL load failed: Le module spécifié est introuvable.",
        r"FileNotFoundError: Could not find module 'C:\env\torch\lib\caffe2_nvrtc.dll' (or one of its dependencies).",
    ],
)
def test_texts(line):
    assert points_to(RULE, line)


def test_near_texts():
    assert not points_to(RULE, r'OSError: [WinError 127] Error loading "C:\env\torch\lib\c10.dll"')
    assert not points_to(
        RULE, "ImportError: DLL load failed while importing cv2: The specified module could not be found."
    )
    assert not points_to(
        RULE,
        "OSError: [WinError 1114] A routine failed. "
        r'Error loading "C:\env\torch\lib\c10.dll" or one of its dependencies.',
    )


def test_the_text_of_torch_without_the_number_of_windows():
    line = r'Error loading "C:\env\Lib\site-packages\torch\lib\fbgemm.dll" or one of its dependencies.'
    assert points_to(RULE, line)
    assert points_to(RULE, f"OSError: {line}")
    assert not points_to(RULE, line.replace("torch", "cv2"))

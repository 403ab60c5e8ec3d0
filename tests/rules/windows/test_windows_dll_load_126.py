"""windows-dll-load-126."""

import pytest

from doctor.facts import Host, Runtime, Torch
from tests.rules.judging import commands, finding, points_to

RULE = "windows-dll-load-126"
TORCH = Torch(version="2.7.1")


def test_fires_without_the_visual_c_runtime():
    found = finding(RULE, host=Host(os="windows", vc_runtime=""), torch=TORCH)
    assert commands(found)[0][0] == "winget"


def test_quiet_where_it_is_there_not_known_or_torch_works():
    assert finding(RULE, host=Host(os="windows", vc_runtime="14.44"), torch=TORCH) is None
    assert finding(RULE, host=Host(os="windows"), torch=TORCH) is None
    assert finding(RULE, host=Host(os="linux", vc_runtime=""), torch=TORCH) is None
    works = Runtime(imported=True)
    assert finding(RULE, host=Host(os="windows", vc_runtime=""), torch=TORCH, runtime=works) is None


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

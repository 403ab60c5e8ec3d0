"""windows-dll-load-1114."""

import pytest

from doctor.facts import Failure, Host, Python, Runtime, Torch
from doctor.model import absent
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "windows-dll-load-1114"
FAILED = Runtime(
    failure=Failure("OSError: [WinError 1114] A dynamic link library (DLL) initialization routine failed.")
)


def test_fires_and_offers_the_runtime_first():
    found = finding(RULE, host=Host(os="windows", vc_runtime="14.29"), torch=Torch(version="2.9.0"), runtime=FAILED)
    assert found and "14.29" in found.message
    assert commands(found)[0][0] == "winget"


@pytest.mark.parametrize(("python", "chosen"), [("3.12.3", ["torch==2.8.0"]), ("3.15.0", [])])
def test_torch_2_8_only_where_the_runtime_is_current_and_match_has_it(python, chosen):
    found = finding(
        RULE,
        host=Host(os="windows", architecture="x86_64", vc_runtime="14.44.35211"),
        torch=Torch(version="2.9.0"),
        runtime=FAILED,
        python=Python(version=python),
        **{name: absent("none", "test") for name in ("nvidia", "amd", "intel")},
    )
    assert "Import torch before" in found.remedies[0].title
    assert [word for argv in commands(found) for word in argv if word.startswith("torch==")] == chosen
    assert not [argv for argv in commands(found) if argv[0] == "winget"]


def test_cleared_where_torch_works_and_elsewhere():
    torch = Torch(version="2.9.0")
    assert is_cleared(RULE, host=Host(os="windows", vc_runtime="14.29"), torch=torch, runtime=Runtime(imported=True))
    assert is_cleared(RULE, host=Host(os="linux"), torch=torch)


def test_open_where_the_import_was_not_seen_or_failed_with_another_packages_dll():
    assert is_open(RULE, host=Host(os="windows"), torch=Torch(version="2.9.0"))
    text = r'OSError: [WinError 1114] x Error loading "C:\env\cv2\cv2.dll" or one of its dependencies.'
    other = Runtime(failure=Failure(text, library=r"C:\env\cv2\cv2.dll"))
    assert is_open(RULE, host=Host(os="windows"), torch=Torch(version="2.9.0"), runtime=other)
    assert not points_to(RULE, text)


@pytest.mark.parametrize(
    "line",
    [
        "OSError: [WinError 1114] 动态链接库(DLL)初始化例程失败。",
        "ImportError: DLL load failed: Eine DLL-Initialisierungsroutine ist fehlgeschlagen.",
        "ImportError: DLL load failed: ダイナミック リンク ライブラリ (DLL) 初期化ルーチンの実行に失敗しました。",
        "Une routine d’initialisation d’une bibliothèque de liens dynamiques (DLL) a échoué.",
    ],
)
def test_texts(line):
    assert points_to(RULE, line)


def test_near_texts():
    assert not points_to(RULE, "OSError: [WinError 1455] The paging file is too small")
    assert not points_to(
        RULE,
        "ImportError: DLL load failed while importing onnx_cpp2py_export: A dynamic link library (DLL) initialization "
        "routine failed.",
    )

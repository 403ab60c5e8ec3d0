"""windows-dll-load-1114."""

import pytest

from doctor.facts import Failure, Host, Runtime, Torch
from tests.rules.judging import commands, finding, points_to

RULE = "windows-dll-load-1114"
FAILED = Runtime(
    failure=Failure("OSError: [WinError 1114] A dynamic link library (DLL) initialization routine failed.")
)


def test_fires_and_offers_the_runtime_first():
    found = finding(RULE, host=Host(os="windows", vc_runtime="14.29"), torch=Torch(version="2.9.0"), runtime=FAILED)
    assert found and "14.29" in found.message
    assert commands(found)[0][0] == "winget"


def test_quiet_where_torch_works_or_the_runtime_is_not_known():
    torch = Torch(version="2.9.0")
    works = Runtime(imported=True)
    assert finding(RULE, host=Host(os="windows", vc_runtime="14.29"), torch=torch, runtime=works) is None
    assert finding(RULE, host=Host(os="windows"), torch=torch, runtime=FAILED) is None


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

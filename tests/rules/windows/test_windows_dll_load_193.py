"""windows-dll-load-193."""

from doctor.facts import Failure, Host, Runtime, Torch
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "windows-dll-load-193"
TEXT = "OSError: [WinError 193] %1 is not a valid Win32 application"
FAILED = Runtime(failure=Failure(TEXT, library=r"C:\env\torch\lib\c10.dll"))


def test_fires_on_the_refused_dll():
    found = finding(RULE, host=Host(os="windows"), runtime=FAILED, torch=Torch(version="2.7.1"))
    assert found and "c10.dll" in found.message
    assert "torch===2.7.1" in commands(found)[0]


def test_cleared_where_torch_works_and_elsewhere():
    assert is_cleared(RULE, host=Host(os="windows"), runtime=Runtime(imported=True))
    assert is_cleared(RULE, host=Host(os="linux"), runtime=FAILED)


def test_open_where_the_import_was_not_seen_or_another_packages_file_is_named():
    assert is_open(RULE, host=Host(os="windows"))
    assert is_open(RULE, host=Host(os="windows"), runtime=Runtime(failure=Failure(TEXT, library=r"C:\env\cv2\a.dll")))
    assert not points_to(RULE, rf'{TEXT}. Error loading "C:\env\cv2\a.dll" or one of its dependencies.')


def test_texts():
    assert points_to(RULE, "OSError: [WinError 193] %1 不是有效的 Win32 应用程序。")
    assert points_to(RULE, "ImportError: DLL load failed: %1 ist keine zulässige Win32-Anwendung.")
    assert not points_to(RULE, "OSError: [WinError 1930] unknown")

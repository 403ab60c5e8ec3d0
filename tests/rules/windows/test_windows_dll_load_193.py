"""windows-dll-load-193."""

from doctor.facts import Failure, Host, Runtime
from tests.rules.judging import finding, points_to

RULE = "windows-dll-load-193"
FAILED = Runtime(failure=Failure("OSError: [WinError 193] %1 is not a valid Win32 application", library="c10.dll"))


def test_fires_on_the_refused_dll():
    found = finding(RULE, host=Host(os="windows"), runtime=FAILED)
    assert found and "c10.dll" in found.message


def test_quiet_elsewhere():
    assert finding(RULE, host=Host(os="windows"), runtime=Runtime(imported=True)) is None
    assert finding(RULE, host=Host(os="linux"), runtime=FAILED) is None


def test_texts():
    assert points_to(RULE, "OSError: [WinError 193] %1 不是有效的 Win32 应用程序。")
    assert points_to(RULE, "ImportError: DLL load failed: %1 ist keine zulässige Win32-Anwendung.")
    assert not points_to(RULE, "OSError: [WinError 1930] unknown")

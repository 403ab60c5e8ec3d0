"""windows-paging-file-1455."""

from doctor.facts import Host, Memory
from doctor.model import Severity
from tests.rules.judging import finding, points_to

RULE = "windows-paging-file-1455"
WINDOWS = Host(os="windows")


def test_a_warning_without_a_page_file():
    found = finding(RULE, host=WINDOWS, memory=Memory(total_bytes=16 * 2**30, swap_bytes=0))
    assert found and found.severity is Severity.WARNING


def test_quiet_with_one_with_much_memory_elsewhere_and_when_not_known():
    assert finding(RULE, host=WINDOWS, memory=Memory(total_bytes=16 * 2**30, swap_bytes=16 * 2**30)) is None
    assert finding(RULE, host=WINDOWS, memory=Memory(total_bytes=128 * 2**30, swap_bytes=0)) is None
    assert finding(RULE, host=Host(os="linux"), memory=Memory(swap_bytes=0)) is None
    assert finding(RULE, host=WINDOWS, memory=Memory()) is None


def test_texts():
    assert points_to(RULE, "OSError: [WinError 1455] 页面文件太小，无法完成操作。 Error loading")
    assert points_to(RULE, "Die Auslagerungsdatei ist zu klein, um diesen Vorgang durchzuführen.")
    line = "OSError: [WinError 1114] A dynamic link library (DLL) initialization routine failed"
    assert not points_to(RULE, line)

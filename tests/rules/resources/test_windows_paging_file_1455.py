"""windows-paging-file-1455."""

from doctor.facts import Host, Memory, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "windows-paging-file-1455"
WINDOWS, CUDA = Host(os="windows"), Torch(version="2.7.1+cu128", cuda_version="12.8")
NONE = Memory(total_bytes=16 * 2**30, swap_bytes=0)


def test_a_warning_without_a_page_file():
    found = finding(RULE, host=WINDOWS, memory=NONE, torch=CUDA)
    assert found and found.severity is Severity.WARNING


def test_quiet_with_one_with_much_memory_elsewhere_and_when_not_known():
    assert finding(RULE, host=WINDOWS, memory=Memory(total_bytes=16 * 2**30, swap_bytes=16 * 2**30), torch=CUDA) is None
    assert finding(RULE, host=WINDOWS, memory=Memory(total_bytes=128 * 2**30, swap_bytes=0), torch=CUDA) is None
    assert finding(RULE, host=Host(os="linux"), memory=Memory(swap_bytes=0), torch=CUDA) is None
    assert finding(RULE, host=WINDOWS, memory=Memory()) is None


def test_quiet_where_it_grows_by_itself_and_for_builds_that_reserve_little():
    managed = Memory(total_bytes=16 * 2**30, swap_bytes=2**30, page_file_managed=True)
    fixed = Memory(total_bytes=16 * 2**30, swap_bytes=2**30, page_file_managed=False)
    assert is_open(RULE, host=WINDOWS, memory=managed, torch=CUDA)
    assert finding(RULE, host=WINDOWS, memory=fixed, torch=CUDA)
    assert is_open(RULE, host=WINDOWS, memory=NONE, torch=Torch(version="2.7.1+cpu", cuda_version=""))
    assert is_open(RULE, host=WINDOWS, memory=NONE)


def test_texts():
    assert points_to(RULE, "OSError: [WinError 1455] 页面文件太小，无法完成操作。 Error loading")
    assert points_to(RULE, "Die Auslagerungsdatei ist zu klein, um diesen Vorgang durchzuführen.")
    line = "OSError: [WinError 1114] A dynamic link library (DLL) initialization routine failed"
    assert not points_to(RULE, line)


def test_another_system_clears_it_and_a_large_file_does_not():
    assert is_cleared(RULE, host=Host(os="linux"), memory=Memory())
    assert is_open(RULE, host=WINDOWS, memory=Memory(swap_bytes=16 * 2**30))
    assert is_open(RULE, host=WINDOWS, memory=Memory())


def test_windows_is_set_by_a_person():
    found = finding(RULE, host=WINDOWS, memory=NONE, torch=CUDA)
    assert commands(found) == []
    assert found and "page file" in found.remedies[0].title

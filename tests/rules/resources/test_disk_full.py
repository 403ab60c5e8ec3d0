"""disk-full."""

from doctor.facts import Folder, Host, Python, Storage
from tests.rules.judging import commands, finding, is_open, points_to

RULE = "disk-full"
TOTAL = 100 * 2**30


def judged(purpose: str, free: int, **more):
    return finding(RULE, storage=Storage((Folder(purpose, "/x", more.pop("total", TOTAL), free, **more),)))


def test_fires_where_torch_or_pip_writes():
    found = judged("temp", 10 * 2**20)
    assert found and "10 MB" in found.message
    assert judged("environment", 0) is not None


def test_quiet_with_space_where_nobody_writes_or_nothing_was_measured():
    assert judged("temp", 2**30) is None
    assert judged("environment", 0, writable=False) is None
    assert judged("temp", 0, total=0) is None
    assert judged("working folder", 0) is None


def test_texts():
    line = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"
    assert points_to(RULE, line)
    assert points_to(RULE, "OSError: [WinError 112] There is not enough space on the disk")
    assert points_to(RULE, "OSError: [Errno 122] Disk quota exceeded: '/home/u/.cache/pip'")
    assert not points_to(RULE, "OSError: [Errno 2] No such file or directory")


def test_it_may_have_been_another_disk_or_another_moment():
    assert is_open(RULE, storage=Storage((Folder("temp", "/tmp", TOTAL, TOTAL),)))


def test_what_shows_more_fits_the_system():
    full = Storage((Folder("temp", "/tmp", TOTAL, 0),))
    linux = {"host": Host(os="linux"), "python": Python(executable="/env/bin/python")}
    assert commands(finding(RULE, storage=full, **linux)) == [
        ("/env/bin/python", "-m", "pip", "cache", "purge"),
        ("df", "-h"),
    ]
    assert commands(finding(RULE, storage=full, host=Host(os="windows"), python=Python(pip_version=""))) == []

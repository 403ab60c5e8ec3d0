"""glibcxx-too-old."""

from doctor.facts import Host, Python, Runtime, Torch
from tests.rules.judging import finding, points_to

RULE = "glibcxx-too-old"
TORCH = Torch(version="2.7.1")


def test_fires_on_an_old_system_library():
    found = finding(RULE, host=Host(glibcxx="3.4.19"), torch=TORCH)
    assert found and "3.4.24" in found.message


def test_quiet_where_it_is_enough_torch_works_or_conda_brings_its_own():
    assert finding(RULE, host=Host(glibcxx="3.4.30"), torch=TORCH) is None
    assert finding(RULE, host=Host(glibcxx="3.4.19"), torch=Torch(version="2.6.0")) is None
    assert finding(RULE, host=Host(glibcxx="3.4.19"), torch=TORCH, runtime=Runtime(imported=True)) is None
    assert finding(RULE, host=Host(glibcxx="3.4.19"), torch=TORCH, python=Python(kind="conda")) is None
    assert finding(RULE, host=Host(), torch=TORCH) is None


def test_texts():
    line = "ImportError: /lib64/libstdc++.so.6: version `GLIBCXX_3.4.26' not found (required by x.so)"
    assert points_to(RULE, line)
    assert points_to(RULE, "/lib64/libstdc++.so.6: version `CXXABI_1.3.9' not found")
    assert not points_to(RULE, "/lib64/libc.so.6: version `GLIBC_2.29' not found")

"""glibcxx-too-old."""

from doctor.facts import Host, Python, Runtime, Torch
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

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


def test_another_system_clears_it_and_a_new_library_does_not():
    assert is_cleared(RULE, host=Host(os="windows"), torch=TORCH)
    assert is_open(RULE, host=Host(os="linux", glibcxx="3.4.30"), torch=TORCH)
    assert is_open(RULE, host=Host(os="linux"), torch=TORCH)


def test_an_environment_of_one_s_own_before_the_system():
    debian = Host(os="linux", distribution_id="debian", distribution_version="9", glibcxx="3.4.22")
    found = commands(finding(RULE, host=debian, torch=TORCH))
    assert found == [
        ("torch-doctor", "setup", "--conda", "torch"),
        ("sudo", "apt-get", "install", "-y", "libstdc++6"),
    ]
    centos = Host(os="linux", distribution_id="centos", glibcxx="3.4.19")
    assert commands(finding(RULE, host=centos, torch=TORCH))[1] == ("sudo", "dnf", "install", "-y", "libstdc++")


def test_how_people_tell_it():
    assert points_to(RULE, "an error related to Numpy not finding GLIBCXX_3.4.30")
    assert not points_to(RULE, "it does find GLIBCXX_3.4.30")

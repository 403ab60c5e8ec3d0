"""alpine-musl-unsupported."""

from doctor.facts import Host, Runtime
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "alpine-musl-unsupported"


def test_fires_on_musl_and_is_quiet_on_glibc_and_where_a_build_of_its_own_works():
    found = finding(RULE, host=Host(libc="musl", distribution="Alpine Linux v3.20"))
    assert found and "Alpine" in found.message
    assert finding(RULE, host=Host(libc="glibc")) is None
    assert finding(RULE, host=Host()) is None
    assert finding(RULE, host=Host(libc="musl"), runtime=Runtime(imported=True)) is None


def test_texts():
    line = "Error relocating /usr/lib/torch/lib/libcudnn.so.6: __strtod_internal: symbol not found"
    assert points_to(RULE, line)
    assert points_to(
        RULE, "Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed by /x.so)"
    )
    line = "ImportError: libGL.so.1: cannot open shared object file: No such file or directory"
    assert not points_to(RULE, line)


def test_another_c_library_clears_it_and_a_build_of_one_s_own_does_not():
    assert is_cleared(RULE, host=Host(os="linux", libc="glibc"))
    assert is_cleared(RULE, host=Host(os="windows", libc=""))
    assert is_open(RULE, host=Host(os="linux"))
    assert is_open(RULE, host=Host(libc="musl"), runtime=Runtime(imported=True))


def test_nothing_can_be_installed_there():
    found = finding(RULE, host=Host(os="linux", libc="musl"))
    assert commands(found) == []
    assert found and "glibc" in found.remedies[0].title

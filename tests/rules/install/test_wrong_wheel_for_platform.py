"""wrong-wheel-for-platform."""

from tests.rules.judging import points_to

RULE = "wrong-wheel-for-platform"


def test_texts():
    line = "ERROR: torch-2.7.1-cp312-cp312-win_amd64.whl is not a supported wheel on this platform."
    assert points_to(RULE, line)
    assert points_to(RULE, "(mach-o file, but is an incompatible architecture (have 'x86_64', need 'arm64'))")
    assert points_to(RULE, "OSError: libtorch.so: wrong ELF class: ELFCLASS64")
    assert not points_to(RULE, "Collecting torch-2.7.1-cp312-cp312-win_amd64.whl")

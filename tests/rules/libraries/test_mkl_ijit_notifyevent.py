"""mkl-ijit-notifyevent."""

from doctor.facts import Conda, CondaPackage, Runtime
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "mkl-ijit-notifyevent"


def conda(torch: str, mkl: str, channel: str = "pytorch") -> Conda:
    packages = (CondaPackage("pytorch", torch, channel=channel), CondaPackage("mkl", mkl))
    return Conda(prefix="/opt/env", packages=packages)


def test_fires_on_an_older_build_with_newer_mkl():
    found = finding(RULE, conda=conda("2.1.2", "2024.1.0"))
    assert commands(found)[0] == ("conda", "install", "-p", "/opt/env", "-y", "mkl<2024.1")


def test_cleared_by_other_versions_another_channel_and_where_torch_works():
    assert is_cleared(RULE, conda=conda("2.1.2", "2023.1.0"))
    assert is_cleared(RULE, conda=conda("2.5.1", "2024.1.0"))
    assert is_cleared(RULE, conda=conda("2.1.2", "2024.2.0", channel="conda-forge"))
    assert is_cleared(RULE, conda=conda("2.1.2", "2024.1.0"), runtime=Runtime(imported=True))


def test_open_where_the_list_does_not_tell():
    assert is_open(RULE, conda=conda("2.1.2", "2024.1.0", channel=""))
    assert is_open(RULE, conda=Conda())


def test_texts():
    assert points_to(RULE, "ImportError: /env/torch/lib/libtorch_cpu.so: undefined symbol: iJIT_NotifyEvent")
    assert not points_to(RULE, "ImportError: /env/torch/lib/libtorch_cpu.so: undefined symbol: mkl_blas_dgemm")

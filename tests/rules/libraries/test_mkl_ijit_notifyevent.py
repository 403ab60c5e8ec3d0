"""mkl-ijit-notifyevent."""

from doctor.facts import Conda, CondaPackage, Runtime
from tests.rules.judging import commands, finding, points_to

RULE = "mkl-ijit-notifyevent"


def conda(torch: str, mkl: str, channel: str = "pytorch") -> Conda:
    packages = (CondaPackage("pytorch", torch, channel=channel), CondaPackage("mkl", mkl))
    return Conda(prefix="/opt/env", packages=packages)


def test_fires_on_an_older_build_with_newer_mkl():
    assert commands(finding(RULE, conda=conda("2.1.2", "2024.1.0")))[0][-1] == "mkl<2024.1"


def test_quiet_on_others():
    assert finding(RULE, conda=conda("2.1.2", "2023.1.0")) is None
    assert finding(RULE, conda=conda("2.5.1", "2024.1.0")) is None
    assert finding(RULE, conda=conda("2.1.2", "2024.2.0", channel="conda-forge")) is None
    assert finding(RULE, conda=conda("2.1.2", "2024.1.0"), runtime=Runtime(imported=True)) is None


def test_texts():
    assert points_to(RULE, "ImportError: /env/torch/lib/libtorch_cpu.so: undefined symbol: iJIT_NotifyEvent")
    assert not points_to(RULE, "ImportError: /env/torch/lib/libtorch_cpu.so: undefined symbol: mkl_blas_dgemm")

"""mps-unavailable-other."""

from doctor import explain
from doctor.diagnose import diagnose
from doctor.facts import Apple, ErrorText, Host, Runtime, Torch
from doctor.model import Severity
from doctor.rules.api import CannotTell, NotThere
from tests.rules.judging import answer, facts_of, points_to

RULE = "mps-unavailable-other"
NO = Runtime(mps_built=True, mps_available=False)
TORCH = Torch(version="2.7.1")


def judged(apple, runtime=NO, **host):
    return answer(RULE, runtime=runtime, apple=apple, host=Host(os="macos", **host), torch=TORCH)


def test_severity_by_place():
    assert judged(Apple("Apple M3", "26.2")).severity is Severity.ERROR
    assert judged(Apple("Apple M3", "26.2", in_virtual_machine=True)).severity is Severity.WARNING
    assert judged(Apple("Intel Core i7", "14.5")).severity is Severity.INFO


def test_cleared_where_it_works_was_not_built_or_macos_is_the_reason():
    assert isinstance(judged(Apple("Apple M3", "26.2"), Runtime(mps_built=True, mps_available=True)), NotThere)
    assert isinstance(judged(Apple("Apple M3", "26.2"), Runtime(mps_built=False, mps_available=False)), NotThere)
    assert isinstance(judged(Apple("Apple M1", "12.7")), NotThere)
    assert isinstance(judged(Apple("Apple M1", "14.5"), rosetta=True), NotThere)


def test_open_where_nobody_asked_or_macos_is_not_known():
    assert isinstance(judged(Apple("Apple M3", "26.2"), Runtime()), CannotTell)
    assert isinstance(judged(Apple("Apple M3")), CannotTell)


def test_texts():
    assert points_to(RULE, "RuntimeError: MPS backend is not available")
    assert not points_to(RULE, "RuntimeError: MPS backend out of memory (MPS allocated: 8.00 GB)")


def test_a_macos_that_is_new_enough_is_not_to_be_updated():
    told = (
        "RuntimeError: The MPS backend is supported on macOS 14.0+. Current OS version can be queried using `sw_vers`"
    )
    mac = facts_of(
        host=Host(os="macos", architecture="arm64", distribution_version="26.1"),
        torch=Torch(version="2.10.0"),
        error=ErrorText(told),
    )
    assert [found.rule for found in diagnose(mac).findings] == [RULE]
    assert all(cause.rule != "mps-op-needs-newer-macos" for cause in explain.causes(told))

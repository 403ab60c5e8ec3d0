"""illegal-instruction-cpu."""

from doctor.facts import Cpu, Failure, Host, Runtime, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_open, points_to

RULE = "illegal-instruction-cpu"
VIRTUAL = Cpu(flags=("fpu", "sse", "sse2", "cx16"))


def test_fires_on_the_signal_and_on_windows_status():
    for signal in ("SIGILL", "STATUS_ILLEGAL_INSTRUCTION"):
        assert finding(RULE, runtime=Runtime(failure=Failure("", signal=signal))) is not None
    assert finding(RULE, runtime=Runtime(failure=Failure("", signal="SIGSEGV"))) is None


def test_fires_on_a_processor_that_hides_everything():
    found = finding(RULE, cpu=VIRTUAL, host=Host(architecture="x86_64", virtual_machine="kvm"))
    assert found and found.severity is Severity.ERROR
    assert "machine" in found.remedies[0].title


def test_only_a_warning_without_avx():
    found = finding(RULE, cpu=Cpu(flags=("sse2", "ssse3", "sse4_1")))
    assert found and found.severity is Severity.WARNING


def test_quiet_on_what_works_other_architectures_and_unknown_flags():
    assert finding(RULE, cpu=VIRTUAL, runtime=Runtime(imported=True)) is None
    assert finding(RULE, cpu=VIRTUAL, runtime=Runtime(cuda_available=False)) is None  # torch answered
    assert finding(RULE, cpu=VIRTUAL, torch=Torch(version="1.13.1+cu117")) is None
    assert finding(RULE, cpu=Cpu(flags=("sse2", "sse4_1", "avx", "avx2"))) is None
    assert finding(RULE, cpu=Cpu(flags=("fp", "asimd")), host=Host(architecture="aarch64")) is None
    assert finding(RULE, cpu=Cpu()) is None
    assert finding(RULE, cpu=Cpu(flags=())) is None


def test_texts():
    assert points_to(RULE, "Illegal instruction (core dumped)")
    assert points_to(RULE, 'Thread 1 "python" received signal SIGILL, Illegal instruction.')
    assert not points_to(RULE, "Segmentation fault (core dumped)")


def test_there_are_newer_instructions_and_other_libraries():
    assert is_open(RULE, cpu=Cpu(flags=("sse2", "sse4_1", "avx", "avx2")), runtime=Runtime(imported=True))
    assert is_open(RULE, cpu=Cpu())


def test_a_person_has_to_change_the_machine():
    found = finding(RULE, cpu=VIRTUAL, host=Host(architecture="x86_64", virtual_machine="kvm"))
    assert commands(found) == []

from __future__ import annotations

from doctor.diagnose import diagnose
from doctor.intake.recognise import examine
from doctor.model import Severity, Verdict

LIST = "Package Version\n------- -------\npip 24\nsetuptools 70\n{torch}\nnumpy 1.26.4\nwheel 0.43\n\n"


def report_of(torch: str, gpu: str = "GPU: NVIDIA GeForce RTX 3060"):
    return diagnose(examine(LIST.format(torch=torch) + f"OS: Windows 11\n{gpu}\n").facts)


def test_an_inferred_build_makes_a_warning_that_says_so():
    report = report_of("torch 2.1.0")
    found = next(f for f in report.findings if f.rule == "cpu-only-build-on-gpu-machine")
    assert found.severity is Severity.WARNING
    assert any("inferred: PyPI's wheel of torch 2.1.0" in e.seen for e in found.evidence)
    assert report.verdict is Verdict.UNDETERMINED


def test_the_same_told_is_an_error():
    report = report_of("torch 2.1.0+cpu")
    found = next(f for f in report.findings if f.rule == "cpu-only-build-on-gpu-machine")
    assert found.severity is Severity.ERROR
    assert not any("inferred" in e.seen for e in found.evidence)


def test_what_is_inferred_makes_nothing_sound():
    dump = "\nIs CUDA available: False\nNvidia driver version: No CUDA\nGPU models and configuration: No CUDA\n"
    report = report_of("torch 2.1.0", dump)
    assert report.verdict is Verdict.UNDETERMINED
    assert any("built for" in reason for reason in report.undetermined)

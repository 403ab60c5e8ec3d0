from __future__ import annotations

from doctor.diagnose import diagnose
from doctor.intake.recognise import examine
from doctor.model import Severity, Verdict
from doctor.render.conclusion import explained_by, headline

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


def test_a_likely_cause_stands_above_the_symptom_that_was_seen():
    """The symptom stays an error, and what to do first is about its cause."""
    report = report_of("torch 2.1.0", "RuntimeError: No CUDA GPUs are available")
    first, symptom = report.findings[:2]
    assert (first.rule, first.severity) == ("cpu-only-build-on-gpu-machine", Severity.WARNING)
    assert first.primary and first.likely
    assert (symptom.severity, symptom.caused_by, symptom.primary) == (Severity.ERROR, first.rule, False)
    assert report.verdict is Verdict.SICK
    assert explained_by(first, report) == f"This would explain: {symptom.rule}"
    assert headline(report).startswith("1 problem to fix")

from __future__ import annotations

from doctor.diagnose import diagnose
from doctor.intake.recognise import examine
from doctor.model import Verdict

DUMP = (
    "Python platform: Linux-5.15.0-122-generic-x86_64-with-glibc2.35\n"
    "OS: Ubuntu 22.04.5 LTS (x86_64)\nIs CUDA available: False\n"
)
GPU = "GPU models and configuration: GPU 0: NVIDIA GeForce RTX 3090\nNvidia driver version: 550.54.14\n"


def report_of(text: str):
    return diagnose(examine(text).facts)


def test_without_a_finding_what_would_explain_it_is_named_with_the_look_that_shows_it():
    report = report_of(f"PyTorch version: 2.5.1\n{DUMP}")
    assert report.verdict is Verdict.UNDETERMINED
    assert report.findings == ()
    build = next(one for one in report.suspects if one.rule == "cpu-only-build-on-gpu-machine")
    assert build.look
    assert "torch.version.cuda" in build.tell


def test_what_the_facts_rule_out_is_no_suspect():
    report = report_of(f"PyTorch version: 2.5.1+cu124\nCUDA used to build PyTorch: 12.4\n{DUMP}{GPU}")
    found = next(f for f in report.findings if f.primary)
    assert found.rule == "cuda-unavailable"
    named = [one.rule for one in found.candidates]
    assert "container-without-gpu" in named
    assert named.index("container-without-gpu") < named.index("cuda-visible-devices-bad")
    assert report.suspects == ()


def test_a_program_that_sees_its_gpu_has_no_suspects():
    assert report_of(f"PyTorch version: 2.5.1\n{DUMP.replace('False', 'True')}").suspects == ()
    mac = "PyTorch version: 2.5.1\nOS: macOS 15.1 (arm64)\nIs CUDA available: False\n"
    assert report_of(mac).suspects == ()


INTEL = (
    f"PyTorch version: 2.8.0+xpu\n{DUMP}Is XPU available: True\n"
    "Intel GPU models onboard:\n* Intel(R) Arc(TM) A770 Graphics\n"
)


def test_a_build_for_intel_gpus_finds_no_cuda_by_nature():
    assert report_of(INTEL).suspects == ()


def test_an_error_that_the_facts_rule_out_was_recognised_all_the_same():
    report = report_of(f"{INTEL}\nRuntimeError: NVRTC requires CUDA.\n")
    assert report.findings == ()
    (reason,) = [one for one in report.undetermined if "error text" in one]
    assert "cpu-only-build-on-gpu-machine" in reason and "ruled out" in reason


def test_the_gpu_below_its_heading_is_read_with_and_without_a_bullet():
    facts = examine(INTEL).facts
    assert facts.intel.value.gpus == ("Intel(R) Arc(TM) A770 Graphics",)

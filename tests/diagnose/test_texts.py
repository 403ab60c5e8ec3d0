from __future__ import annotations

import msgspec

from doctor import rules
from doctor.diagnose import diagnose
from doctor.facts import (
    ErrorText,
    Facts,
    Failure,
    Gpu,
    Host,
    Module,
    Nvidia,
    Package,
    Packages,
    Runtime,
    Toolkits,
    Torch,
)
from doctor.intake.recognise import examine
from doctor.model import Severity, Verdict, ok

NO_KERNEL = "RuntimeError: CUDA error: no kernel image is available for execution on the device"


def test_the_text_a_user_saw_names_the_cause() -> None:
    facts = Facts(error=ok(ErrorText("RuntimeError: operator torchvision::nms does not exist")))
    report = diagnose(facts)
    assert [f.rule for f in report.primary] == ["torch-torchvision-mismatch"]
    assert report.primary[0].evidence[0].fact == "error.text"


def test_a_failure_seen_in_the_target_is_read_like_an_error_text() -> None:
    failure = Failure("libcudart.so.11.0: cannot open shared object file: No such file or directory")
    runtime = Runtime(imported=True, modules=(Module("torchvision", "0.15.0", failure),))
    report = diagnose(Facts(runtime=ok(runtime)))
    assert "cuda-runtime-lib-missing" in [f.rule for f in report.findings]


def test_a_module_that_fails_is_no_worse_than_its_own_rule_says() -> None:
    """Triton that lacks setuptools, on a machine where nothing needs Triton."""
    runtime = Runtime(imported=True, modules=(Module("triton", failure=Failure("No module named 'setuptools'")),))
    report = diagnose(
        Facts(
            host=ok(Host(os="linux")),
            torch=ok(Torch(version="2.2.2", cuda_version="12.1", build="cu121")),
            packages=ok(Packages((Package("torch", "2.2.2"), Package("numpy", "1.26.4"), Package("triton", "2.2.0")))),
            nvidia=ok(Nvidia(driver_version="", gpus=())),
            runtime=ok(runtime),
        )
    )
    assert {f.rule for f in report.findings} == {"triton-missing-windows", "no-driver"}
    assert report.of(Severity.ERROR) == ()


def test_what_only_a_text_could_tell_is_no_gap_in_the_facts() -> None:
    asked = [rules.load("mixed-native-libraries")]
    facts = Facts(toolkits=ok(Toolkits()), runtime=ok(Runtime(imported=True)))
    assert diagnose(facts, asked, only=True).verdict is Verdict.SOUND


def test_a_consequence_stands_under_its_cause() -> None:
    facts = Facts(
        torch=ok(Torch(version="2.5.1+cpu", build="cpu", cuda_version="")),
        error=ok(ErrorText("RuntimeError: operator torchvision::nms does not exist")),
    )
    for finding in diagnose(facts).findings:
        assert finding.primary == (finding.caused_by is None and finding.severity is Severity.ERROR)


def test_what_the_facts_rule_out_is_withdrawn_and_not_printed_as_seen() -> None:
    facts = Facts(
        torch=ok(Torch(version="2.5.1+cu124", build="cu124", cuda_version="12.4")),
        host=ok(Host(os="linux")),
        nvidia=ok(Nvidia(driver_version="550.54.14", gpus=(Gpu("NVIDIA A100"),))),
        error=ok(ErrorText("AssertionError: Torch not compiled with CUDA enabled")),
    )
    report = diagnose(facts)
    assert "cpu-only-build-on-gpu-machine" not in [f.rule for f in report.findings]
    withdrawn = {w.rule: w for w in report.withdrawn}
    assert withdrawn["cpu-only-build-on-gpu-machine"].evidence[0].seen == "cu124"
    assert report.verdict is not Verdict.SOUND


def test_what_the_facts_show_takes_the_place_of_what_they_rule_out() -> None:
    pascal = Facts(
        torch=ok(Torch(version="2.8.0+cu128", build="cu128", cuda_version="12.8")),
        nvidia=ok(Nvidia(driver_version="580.95.05", gpus=(Gpu("NVIDIA GeForce GTX 1070"),))),
        error=ok(ErrorText(NO_KERNEL)),
    )
    report = diagnose(pascal)
    assert [f.rule for f in report.primary] == ["gpu-arch-dropped-by-build"]
    assert [w.rule for w in report.withdrawn] == ["gpu-arch-newer-than-build"]
    assert not any("Nothing in the error text" in reason for reason in report.undetermined)


def test_what_is_only_worth_knowing_takes_no_place() -> None:
    facts = Facts(
        torch=ok(Torch(version="2.8.0+cu128", build="cu128", cuda_version="12.8")),
        nvidia=ok(Nvidia(driver_version="", gpus=(), pci_gpus=())),
        error=ok(ErrorText("AssertionError: Torch not compiled with CUDA enabled")),
    )
    report = diagnose(facts)
    assert [(f.rule, f.severity) for f in report.findings] == [("no-driver", Severity.INFO)]
    assert any("ruled out by what is known of the machine" in reason for reason in report.undetermined)


def test_a_text_that_says_nothing_known_leaves_the_verdict_open() -> None:
    report = diagnose(Facts(error=ok(ErrorText("FrobnicationError: the frob is not nicated"))))
    assert report.findings == ()
    assert any("Nothing in the error text was recognised" in reason for reason in report.undetermined)
    assert report.healthy is None


def test_a_finding_of_a_text_tells_what_explain_tells_of_it() -> None:
    """The candidates of a symptom of many causes, and whether the environment is cleared."""
    hidden = diagnose(Facts(error=ok(ErrorText("RuntimeError: No CUDA GPUs are available")))).findings[0]
    assert {one.rule for one in hidden.candidates} == {one.rule for one in rules.load(hidden.rule).candidates} != set()
    mistake = "RuntimeError: mat1 and mat2 shapes cannot be multiplied (4x8 and 16x2)"
    assert diagnose(Facts(error=ok(ErrorText(mistake)))).findings[0].acquits


def test_what_is_likely_stands_above_a_symptom_that_nothing_else_explains() -> None:
    text = "RuntimeError: No CUDA GPUs are available\n"
    report = diagnose(examine(f"{text}\n# Name  Version  Build\ncpuonly  2.0  0\n").facts)
    assert [f.rule for f in report.primary] == ["cpu-only-build-on-gpu-machine"]
    assert [f.rule for f in diagnose(examine(text).facts).findings] == ["cuda-unavailable-undetermined"]


def test_what_happened_is_worse_than_what_the_facts_forebode() -> None:
    """An inferred build makes a warning; the message that only such a build prints makes it an error."""
    told = "Windows 10\nDriver Version: 551.61\nI did pip install torch==2.1.0 and import torch works.\n"
    message = "AssertionError: Torch not compiled with CUDA enabled\n"
    report = diagnose(examine(told + message, lambda text: "compiled" in text).facts)
    assert [(f.rule, f.likely) for f in report.primary] == [("cpu-only-build-on-gpu-machine", False)]
    assert report.verdict is Verdict.SICK


def test_a_cause_that_a_text_names_stands_above_the_symptom_that_the_facts_confirm() -> None:
    seen = Facts(nvidia=ok(Nvidia(driver_version="550.54.14", gpus=(Gpu("NVIDIA H100"),))))
    failing = msgspec.structs.replace(seen, runtime=ok(Runtime(cuda_available=False)))
    told = "torch.cuda.is_available() is False\nRuntimeError: Error 802: system not yet initialized"
    report = diagnose(msgspec.structs.replace(failing, error=ok(ErrorText(told))))
    assert [f.rule for f in diagnose(failing).primary] == ["cuda-unavailable-undetermined"]
    assert [f.rule for f in report.primary] == ["fabric-manager-not-running"]

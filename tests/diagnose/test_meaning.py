from __future__ import annotations

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.diagnose.meaning import Explained, explain, section
from doctor.diagnose.provenance import Origin
from doctor.explain import causes
from doctor.facts import Facts, Gpu, Host, Nvidia, Python, Torch
from doctor.intake import error_text
from doctor.model import absent, ok
from tests.each import each

NO_KERNEL = "RuntimeError: CUDA error: no kernel image is available for execution on the device"
RTX_5090 = Facts(
    nvidia=ok(Nvidia(driver_version="570.86.10", gpus=(Gpu("NVIDIA GeForce RTX 5090", compute_capability="12.0"),))),
    torch=ok(Torch(version="2.5.1+cu124", build="cu124", cuda_version="12.4")),
)


def explained(text: str, machine: Facts | None) -> Explained:
    return explain(causes(text), error_text.read(text), machine)


def test_on_this_machine_it_says_the_values():
    found = explained(NO_KERNEL, RTX_5090)
    first = found.causes[0]
    assert found.judged_by is Origin.HERE
    assert first.rule == "gpu-arch-newer-than-build"
    assert first.confirmed is True
    assert "5090" in first.meaning
    assert "12.0" in first.meaning
    assert first.remedies


def test_of_rules_that_one_line_names_the_facts_choose():
    gtx_780 = Facts(
        nvidia=ok(Nvidia(driver_version="470.1", gpus=(Gpu("GeForce GTX 780", compute_capability="3.5"),))),
        torch=RTX_5090.torch,
    )
    first = explained(NO_KERNEL, gtx_780).causes[0]
    assert first.rule in ("gpu-arch-dropped-by-build", "gpu-too-old-for-any-build")


def test_without_facts_the_rule_speaks():
    found = explained(NO_KERNEL, None)
    first = found.causes[0]
    assert found.judged_by is Origin.ALONE
    assert first.confirmed is None
    assert first.meaning == section(rules.load(first.rule), "Why it matters")
    assert first.to_do


def test_what_the_text_itself_tells_is_used():
    text = (
        "NVIDIA GeForce GTX 1070 with CUDA capability sm_61 is not compatible with the current PyTorch installation.\n"
        f"The current PyTorch install supports CUDA capabilities sm_75 sm_80 sm_86 sm_90 sm_100 sm_120.\n{NO_KERNEL}"
    )
    assert explained(text, None).causes[0].rule == "gpu-arch-dropped-by-build"


def test_what_the_facts_show_to_be_behind_it_comes_first():
    facts = Facts(torch=absent("no torch found"))
    found = explained("ModuleNotFoundError: No module named 'torch'", facts).causes
    assert found[0].rule == "torch-not-installed"
    assert found[0].line == "ModuleNotFoundError: No module named 'torch'"


def test_what_the_facts_rule_out_is_withdrawn():
    cuda = Facts(torch=RTX_5090.torch, host=ok(Host(os="linux")))
    found = explained("AssertionError: Torch not compiled with CUDA enabled", cuda)
    assert "cpu-only-build-on-gpu-machine" in [one.rule for one in found.withdrawn]
    assert "cpu-only-build-on-gpu-machine" not in [one.rule for one in found.causes]


def test_the_doctors_own_environment_is_not_the_patient():
    """It has no torch: a text of one is of another environment, and nobody is told that torch is not installed."""
    own = Facts(host=ok(Host(os="linux")), torch=absent("no torch found"), python=ok(Python(version="3.12.1")))
    found = explained("AssertionError: Torch not compiled with CUDA enabled", own)
    assert found.judged_by is Origin.BESIDE
    assert "torch-not-installed" not in [one.rule for one in found.causes]


def test_a_machine_that_does_not_show_it_is_not_told_what_it_has():
    first = explained("The NVIDIA driver on your system is too old (found version 11040).", Facts()).causes[0]
    assert first.confirmed is not True
    assert first.evidence == ()


@each("rule", rules.all_rules, ids=lambda rule: rule.id)
def test_every_rule_can_speak_without_facts(rule):
    assert section(rule, "Why it matters")
    assert section(rule, "What to do")
    remedies_of(rule, Facts())

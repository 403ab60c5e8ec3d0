from __future__ import annotations

import pytest

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.diagnose.meaning import explain, section
from doctor.explain import causes
from doctor.facts import Facts, Gpu, Nvidia, Torch
from doctor.model import absent, ok

NO_KERNEL = "RuntimeError: CUDA error: no kernel image is available for execution on the device"
RTX_5090 = Facts(
    nvidia=ok(Nvidia(driver_version="570.86.10", gpus=(Gpu("NVIDIA GeForce RTX 5090", compute_capability="12.0"),))),
    torch=ok(Torch(version="2.5.1+cu124", build="cu124", cuda_version="12.4")),
)


def test_on_this_machine_it_says_the_values():
    first = explain(causes(NO_KERNEL), RTX_5090)[0]
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
    assert explain(causes(NO_KERNEL), gtx_780)[0].rule in ("gpu-arch-dropped-by-build", "gpu-too-old-for-any-build")


def test_without_facts_the_rule_speaks():
    first = explain(causes(NO_KERNEL), None)[0]
    assert first.confirmed is None
    assert first.meaning == section(rules.load(first.rule), "Why it matters")
    assert first.to_do


def test_what_the_facts_show_to_be_behind_it_comes_first():
    facts = Facts(torch=absent("no torch found"))
    found = explain(causes("ModuleNotFoundError: No module named 'torch'"), facts)
    assert found[0].rule == "torch-not-installed"
    assert found[0].line == "ModuleNotFoundError: No module named 'torch'"


def test_a_machine_that_does_not_show_it_is_not_told_what_it_has():
    first = explain(causes("The NVIDIA driver on your system is too old (found version 11040)."), Facts())[0]
    assert first.confirmed is not True
    assert first.evidence == ()


@pytest.mark.parametrize("rule", [pytest.param(r, id=r.id) for r in rules.all_rules()])
def test_every_rule_can_speak_without_facts(rule):
    assert section(rule, "Why it matters")
    assert section(rule, "What to do")
    remedies_of(rule, Facts())

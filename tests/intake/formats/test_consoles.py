"""Programs whose lines say little: WebUI, Axolotl, the TGI launcher, InvokeAI, vLLM."""

from __future__ import annotations

import pytest

from doctor import intake
from doctor.intake.formats import axolotl, invokeai, tgi, vllm, webui
from doctor.intake.witness import Format
from tests.intake.formats.sample_files import all_samples

SAMPLES = {f"{sample.form}/{sample.name}": sample.text for sample in all_samples()}
ALIKE = {
    webui: ["Python 3.10.6 (tags/v3.10.6:9c7b4bd, Aug  1 2022) [MSC v.1932 64 bit (AMD64)]", "Version: v1.10.1"],
    axolotl: ["torch: 2.5.1+cu124", "peft: 0.14.0"],
    tgi: ["Target: x86_64-unknown-linux-gnu", "Cargo version: 1.84.0"],
    invokeai: ["Using torch device: NVIDIA GeForce RTX 4070 SUPER", "{", '  "dependencies": {', '    "torch": "2.4.1"'],
    vllm: ["ROCM Version: 6.2.41133", "==============================", "CPU Info"],
}


@pytest.mark.parametrize("one", ALIKE, ids=lambda one: one.TITLE)
def test_lines_of_others_are_left_alone(one: Format):
    assert one.read(ALIKE[one]) == ({}, set())


def test_systems_that_a_script_was_tested_on_are_not_this_one():
    host = intake.read(SAMPLES["webui/linux"]).host.value
    assert host is not None
    assert host.distribution_id is None


@pytest.mark.parametrize("name", ["webui/windows", "sdnext/kohya_windows", "comfyui/forge"])
def test_what_pip_shows_beside_a_start_is_not_taken_away(name: str):
    packages = intake.read(f"{SAMPLES[name]}\nName: torchvision\nVersion: 0.16.2\n").packages.value
    assert packages is not None
    assert packages.version("torchvision") == "0.16.2"


def test_the_device_of_invokeai_may_be_the_processor():
    facts, _ = invokeai.read(["InvokeAI version 6.2.0", "Using torch device: CPU"])
    assert set(facts) == {"packages"}


def test_an_arrow_that_points_to_a_line_is_no_part_of_it():
    facts, _ = invokeai.read([">> Initialization file found", "  >> Using device_type cpu   <-------- ?", ">> x"])
    assert facts == {}
    facts, _ = invokeai.read([">> Using device_type cpu   <--------"])
    assert facts["runtime"].cuda_available is False


def test_what_vllm_could_not_collect_is_not_known():
    facts, _ = vllm.read(["ROCM Version                 : Could not collect", "vLLM Version                 : 0.10.0"])
    assert "amd" not in facts

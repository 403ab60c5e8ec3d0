from __future__ import annotations

from doctor import intake
from doctor.intake.formats import comfyui
from doctor.intake.recognise import examine
from tests.intake.formats.sample_files import all_samples

SAMPLES = {sample.name: sample.text for sample in all_samples() if sample.form == "comfyui"}


def test_the_error_of_a_report_is_left_to_be_judged():
    error = examine(SAMPLES["desktop_report"]).facts.error.value
    assert error is not None
    assert "no kernel image is available" in error.text


def test_a_warning_below_a_start_is_left_to_be_judged():
    warning = "A module that was compiled using NumPy 1.x cannot be run in\nNumPy 2.0.0 as it may crash."
    found = examine(f"{SAMPLES['forge']}\n{warning}", lambda text: "NumPy 1.x" in text)
    assert found.facts.error.value is not None
    assert warning in found.facts.error.value.text


def test_details_of_the_gpu_stand_on_other_lines():
    nvidia = intake.read(SAMPLES["desktop_report"]).nvidia.value
    assert nvidia is not None and nvidia.gpus
    assert nvidia.gpus[0].memory_bytes == 6442123264
    amd = intake.read(SAMPLES["linux_amd"]).amd.value
    assert amd is not None
    assert amd.gpus[0].gfx == "gfx1100"


def test_a_second_start_with_another_torch_is_another_environment():
    first, second = SAMPLES["forge"], SAMPLES["forge"].replace("2.3.1+cu121", "2.9.0+cu128")
    found = examine(f"{first}\n{second}")
    assert found.facts.torch.value is not None
    assert found.facts.torch.value.version == "2.3.1+cu121"
    assert "two environments" in found.notes[0]


def test_the_same_start_twice_is_one_gpu():
    nvidia = intake.read(SAMPLES["forge"] * 2).nvidia.value
    assert nvidia is not None
    assert len(nvidia.gpus or ()) == 1


def test_the_processor_of_a_cpu_run_is_no_gpu():
    facts, _ = comfyui.read(["Total VRAM 32691 MB, total RAM 32691 MB", "Device: cpu"])
    assert set(facts) == {"memory"}


def test_lines_of_others_are_left_alone():
    assert comfyui.read(["Device: cuda:0 NVIDIA GeForce RTX 3070", "pytorch version: 2.3.1"]) == ({}, set())

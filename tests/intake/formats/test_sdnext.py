from __future__ import annotations

from doctor import intake
from doctor.intake.formats import sdnext
from doctor.intake.recognise import examine
from tests.intake.formats.sample_files import all_samples

SAMPLES = {sample.name: sample.text for sample in all_samples() if sample.form == "sdnext"}


def test_a_warning_is_read_and_left_to_be_judged():
    found = examine(SAMPLES["kohya_cpu_build"], lambda text: "CUDA not available" in text)
    assert found.facts.error.value is not None
    assert "Torch reports CUDA not available" in found.facts.error.value.text


def test_gpus_that_have_lines_of_their_own_are_not_counted_again():
    nvidia = intake.read(SAMPLES["sdnext_rtx5090"]).nvidia.value
    assert nvidia is not None and nvidia.gpus
    assert [gpu.compute_capability for gpu in nvidia.gpus] == ["12.0"]


def test_the_line_for_all_gpus_is_read_where_it_stands_alone():
    line = "Device: device=NVIDIA A40 n=2 arch=sm_90 capability=(8, 6) cuda=12.4 cudnn=90100 driver=550.54.15"
    facts, _ = sdnext.read([line])
    assert [(gpu.name, gpu.compute_capability) for gpu in facts["nvidia"].gpus] == [("NVIDIA A40", "8.6")] * 2
    assert facts["nvidia"].driver_version == "550.54.15"


def test_a_second_start_is_not_a_second_pair_of_gpus():
    nvidia = intake.read(SAMPLES["kohya_two_gpus"] * 2).nvidia.value
    assert nvidia is not None
    assert len(nvidia.gpus or ()) == 2


def test_lines_of_others_are_left_alone():
    assert sdnext.read(["Torch 2.1.2", "Python 3.10.12 on Linux"]) == ({}, set())

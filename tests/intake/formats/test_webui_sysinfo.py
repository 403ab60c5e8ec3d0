from __future__ import annotations

from doctor.intake.formats import webui_sysinfo
from tests.intake.formats.sample_files import all_samples

SAMPLES = {sample.name: sample.text for sample in all_samples() if sample.form == "webui_sysinfo"}


def test_exceptions_are_left_to_be_judged():
    lines = SAMPLES["windows"].split("\n")
    _, used = webui_sysinfo.read(lines)
    left = "\n".join(line for index, line in enumerate(lines) if index not in used)
    assert "CUDA out of memory" in left
    assert "count logical" not in left


def test_null_means_that_it_could_not_be_collected():
    text = SAMPLES["windows"].replace('"cuda_compiled_version": "12.1"', '"cuda_compiled_version": null')
    cpu_build = text.replace("+cu121", "+cpu").replace('"is_cuda_available": "True"', '"is_cuda_available": "False"')
    torch = webui_sysinfo.read(cpu_build.split("\n"))[0]["torch"]
    assert (torch.version, torch.build, torch.cuda_version) == ("2.1.2+cpu", "cpu", "")


def test_torch_that_could_not_be_asked_leaves_the_rest():
    facts, _ = webui_sysinfo.read(
        ["{", '    "Python": "3.10.6",', '    "Torch env info": "No module named torch"', "}"]
    )
    assert set(facts) == {"python"}


def test_other_json_is_left_alone():
    assert webui_sysinfo.read(["{", '  "Python": "3.10.6"', "}"]) == ({}, set())

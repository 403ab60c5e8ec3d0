"""What dumps tell of extensions: which torch, which CUDA and which GPUs they were built for."""

from __future__ import annotations

from doctor.facts import Module
from doctor.intake import read
from tests.intake.formats.sample_files import FOLDER


def module_of(sample: str) -> Module:
    runtime = read((FOLDER / f"{sample}.txt").read_text(encoding="utf-8")).runtime.value
    assert runtime is not None
    return runtime.modules[0]


def test_detectron2_lists_its_code() -> None:
    module = module_of("detectron2/other_gpu")
    assert (module.name, module.built_cuda, module.built_sm, module.failure) == (
        "detectron2._C",
        "11.8",
        ("6.0",),
        None,
    )
    module = module_of("detectron2/not_built")
    assert module.failure is not None and module.built_sm is None and module.built_cuda is None


def test_detectron2_of_old_named_them_as_nvcc_does() -> None:
    text = (FOLDER / "detectron2/other_gpu.txt").read_text(encoding="utf-8")
    runtime = read(text.replace("arch flags   6.0", "arch flags   sm_37, sm_61")).runtime.value
    assert runtime is not None and runtime.modules[0].built_sm == ("3.7", "6.1")
    runtime = read(text.replace("arch flags   6.0", "arch flags   8.0, 1.2.0")).runtime.value
    assert runtime is not None and runtime.modules[0].built_sm == ("8.0", "12.0")


def test_xformers_tells_the_torch_that_it_was_built_for() -> None:
    module = module_of("xformers_info/other_torch")
    assert module.built_torch == "2.4.0+cu121" and module.failure is not None
    module = module_of("xformers_info/linux")
    assert module.built_torch == "2.1.1+cu121" and module.failure is None


def test_mmcv_tells_its_cuda() -> None:
    assert module_of("open_mmlab/mmcv_1").built_cuda is not None

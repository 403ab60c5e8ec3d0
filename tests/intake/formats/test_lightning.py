from __future__ import annotations

from doctor import intake
from doctor.intake.formats import lightning

REPORT = """\
* CUDA:
\t- GPU:
\t\t- NVIDIA GeForce RTX 4090
\t\t- NVIDIA GeForce RTX 4090
\t- available:         True
\t- version:           11.8
* Lightning:
\t- lightning:         2.5.1
\t- torch:             2.6.0+cu118
\t- torchvision:       0.21.0+cu118
* Packages:
\t- numpy:             1.26.4
* System:
\t- OS:                Linux
\t- architecture:
\t\t- 64bit
\t\t- ELF
\t- processor:         x86_64
\t- python:            3.10.9
\t- version:           #34~18.04.1-Ubuntu SMP Fri Feb 28
"""
FIRST_OF_ITS_KIND = """\
cuda:
\tGPU:
\t\tGeForce GTX 1050
\tavailable:           True
\tversion:             10.0
packages:
\tnumpy:               1.18.1
\tpyTorch_debug:       False
\tpyTorch_version:     1.4.0+cu100
system:
\tOS:                  Linux
\tpython:              3.6.9
"""


def test_report():
    facts = intake.read(REPORT)
    assert facts.torch.value is not None
    assert (facts.torch.value.version, facts.torch.value.cuda_version) == ("2.6.0+cu118", "11.8")
    assert facts.nvidia.value is not None
    assert len(facts.nvidia.value.gpus or ()) == 2
    assert facts.runtime.value is not None
    assert facts.runtime.value.cuda_available is True
    assert facts.packages.value is not None
    assert facts.packages.value.version("torchvision") == "0.21.0+cu118"
    assert facts.python.value is not None
    assert facts.python.value.version == "3.10.9"


def test_the_form_of_2020():
    facts, used = lightning.read(FIRST_OF_ITS_KIND.splitlines())
    assert facts["torch"].version == "1.4.0+cu100"
    assert facts["nvidia"].gpus[0].name == "GeForce GTX 1050"
    assert len(used) == len(FIRST_OF_ITS_KIND.splitlines())


def test_no_gpu_is_not_known_to_be_none():
    facts = lightning.read("* CUDA:\n\t- GPU:               None\n\t- available:         False\n".splitlines())[0]
    assert facts["runtime"].cuda_available is False
    assert "nvidia" not in facts


def test_other_texts_are_left_alone():
    assert lightning.read(["System:", "  a: b"]) == ({}, set())

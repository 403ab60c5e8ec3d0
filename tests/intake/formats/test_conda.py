from __future__ import annotations

from doctor.intake.formats import conda as conda_text
from doctor.intake.formats import conda_info
from tests.intake import samples


def read(text: str):
    return conda_text.read(text.splitlines())[0]


def test_list():
    facts = read(samples.CONDA_LIST)
    conda = facts["conda"]
    assert conda.prefix == "/opt/conda/envs/train"
    torch = next(p for p in conda.packages if p.name == "pytorch")
    assert (torch.version, torch.build, torch.channel) == ("2.1.0", "py3.10_cuda12.1_cudnn8.9.2_0", "pytorch")
    installers = {p.name: p.installer for p in facts["packages"].installed}
    assert (installers["torch"], installers["wandb"]) == ("conda", "pip")


def test_lines_of_a_dump():
    facts = read(
        "[conda] torch                     1.7.0                    pypi_0    pypi\n"
        "[conda] blas 1.0 mkl\n"
        "[conda] pytorch 1.6.0 py3.8_cpu_0  [cpuonly]  pytorch"
    )
    assert [p.name for p in facts["conda"].packages] == ["torch", "blas", "pytorch"]
    assert facts["conda"].packages[2].channel == "pytorch"


def test_info():
    conda = conda_info.read(samples.CONDA_INFO.splitlines())[0]["conda"]
    assert (conda.name, conda.version) == ("train", "23.11.0")
    assert conda.virtual_packages == ("__archspec=1", "__cuda=12.4", "__glibc=2.35")
    assert conda.channels == ("https://conda.example.com/pytorch",)

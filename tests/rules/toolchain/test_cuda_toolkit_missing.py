"""cuda-toolkit-missing."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Conda, ErrorText, Host, Python, Toolkit, Toolkits, Torch
from tests.rules.judging import facts_of, finding, is_open, points_to

RULE = "cuda-toolkit-missing"
LINUX = Host(os="linux", architecture="x86_64")


def titles(**facts):
    return [remedy.title for remedy in remedies_of(rules.load(RULE), facts_of(host=LINUX, **facts))]


def test_a_wheel_first_then_the_toolkit_of_torchs_cuda():
    wheel, toolkit = titles(torch=Torch(version="2.6.0+cu124", cuda_version="12.4"))
    assert "wheel" in wheel
    assert "CUDA toolkit 12.4" in toolkit


def test_a_toolkit_that_is_there_is_named():
    there = Toolkits(
        installed=(Toolkit("11.8.0", "/opt/cuda-11.8", "/usr/local"), Toolkit("12.6", "/opt/cuda", "/opt"))
    )
    assert "/opt/cuda" in titles(torch=Torch(version="2.6.0+cu124", cuda_version="12.4"), toolkits=there)[1]


def test_conda_has_the_toolkit():
    facts = facts_of(
        host=LINUX,
        python=Python(kind="conda", executable="/opt/e/bin/python", prefix="/opt/e"),
        conda=Conda(prefix="/opt/e"),
        torch=Torch(version="2.6.0", cuda_version="12.6"),
    )
    commands = [argv for remedy in remedies_of(rules.load(RULE), facts) for argv in remedy.commands]
    assert commands == [("conda", "install", "-p", "/opt/e", "-y", "-c", "conda-forge", "cuda-toolkit=12.6")]


def test_a_cpu_build_compiles_nothing_for_cuda():
    facts = facts_of(host=LINUX, torch=Torch(version="2.6.0+cpu", build="cpu", cuda_version=""))
    assert not any("toolkit" in remedy.title for remedy in remedies_of(rules.load(RULE), facts))


def test_texts():
    assert points_to(
        RULE, "OSError: CUDA_HOME environment variable is not set. Please set it to your CUDA install root."
    )
    assert not points_to(RULE, "No CUDA runtime is found, using CUDA_HOME='/usr/local/cuda'")
    assert not points_to(RULE, "export CUDA_HOME=/usr/local/cuda")


CUT = """Collecting causal-conv1d
  Downloading causal_conv1d-1.4.0.tar.gz (9.3 kB)
  error: subprocess-exited-with-error
"""


def test_a_build_whose_own_words_are_cut_off_where_there_is_no_nvcc():
    nowhere = Toolkits(nvcc_version="")
    found = finding(RULE, toolkits=nowhere, error=ErrorText(CUT))
    assert found and "causal_conv1d" in found.message
    assert is_open(RULE, toolkits=Toolkits(), error=ErrorText(CUT))
    assert is_open(RULE, toolkits=Toolkits(nvcc_version="12.4"), error=ErrorText(CUT))
    assert is_open(RULE, toolkits=nowhere, error=ErrorText(CUT.replace("1.4.0.tar.gz", "1.4.0-cp311-linux.whl")))
    assert is_open(RULE, toolkits=nowhere, error=ErrorText(CUT.replace("causal-conv1d", "x").replace("causal_", "y_")))

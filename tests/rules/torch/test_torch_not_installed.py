"""torch-not-installed."""

from doctor.diagnose import diagnose
from doctor.facts import (
    Conda,
    CondaPackage,
    Environment,
    Environments,
    Folder,
    Host,
    Nvidia,
    Package,
    Packages,
    Python,
    Storage,
    Torch,
)
from doctor.intake import examine
from doctor.model import Severity, Verdict
from tests.rules.judging import NOT_THERE, commands, finding, is_cleared, is_open, points_to

RULE = "torch-not-installed"
PYTHON = Python(executable="/env/bin/python", version="3.12.4", prefix="/env")
LINUX = Host(os="linux", architecture="x86_64", libc="glibc", libc_version="2.36")
NO_GPU = Nvidia(driver_version="", gpus=())
OWN = ("torch-doctor", "setup", "--env", ".venv")


def test_fires_where_the_package_list_is_complete_and_without_torch():
    found = finding(RULE, torch=NOT_THERE, python=PYTHON, packages=Packages(), host=LINUX, nvidia=NO_GPU)
    assert found is not None
    assert found.severity is Severity.ERROR
    wheels = ("torch==2.15.0+cpu", "torchvision==0.29.2+cpu", "torchaudio==2.11.0+cpu")
    index = ("--index-url", "https://download.pytorch.org/whl/cpu")
    assert commands(found) == [("/env/bin/python", "-m", "pip", "install", *wheels, *index), OWN]


def test_a_python_that_takes_no_packages_is_left_alone():
    managed = {"python": Python(executable="/usr/bin/python3", version="3.11.2", externally_managed=True)}
    locked = {"python": PYTHON, "storage": Storage((Folder("environment", "/env", writable=False),))}
    for closed in (managed, locked):
        assert commands(finding(RULE, torch=NOT_THERE, packages=Packages(), host=LINUX, **closed)) == [OWN]
        known = finding(RULE, torch=NOT_THERE, packages=Packages(), host=LINUX, nvidia=NO_GPU, **closed)
        assert commands(known) == [OWN]


def test_the_environment_of_the_bootstrap_is_the_first_answer():
    managed = Python(executable="/usr/bin/python3", version="3.11.2", externally_managed=True)
    made = Environment("~/.local/share/torch-doctor/env", "bootstrap", torch_version="2.15.0+cpu")
    others = Environments((made, Environment("~/other", "venv", torch_version="2.7.1")))
    facts = {"torch": NOT_THERE, "packages": Packages(), "host": LINUX, "nvidia": NO_GPU, "environments": others}
    found = finding(RULE, python=managed, **facts)
    assert "the environment that the bootstrap set up has it: ~/.local/share/torch-doctor/env" in found.message
    activate = (".", "~/.local/share/torch-doctor/env/bin/activate")
    look = ("torch-doctor", "check", "--python", "~/.local/share/torch-doctor/env")
    assert commands(found) == [activate, look, OWN]


def test_it_is_activated_in_the_shell_that_is_there():
    made = Environments((Environment(r"~\td\env", "bootstrap", torch_version="2.15.0+cpu"),))
    for shell, first in {
        "powershell": (".", r"~\td\env\Scripts\Activate.ps1"),
        "cmd": (r"~\td\env\Scripts\activate.bat",),
        "bash": ("source", "~/td/env/Scripts/activate"),
    }.items():
        host = Host(os="windows", architecture="x86_64", shell=shell)
        assert commands(finding(RULE, torch=NOT_THERE, packages=Packages(), host=host, environments=made))[0] == first
    conda = Environments((Environment("/conda/envs/t", "bootstrap", "t", torch_version="2.15.0+cpu"),))
    found = finding(RULE, torch=NOT_THERE, packages=Packages(), host=LINUX, environments=conda)
    assert commands(found)[0] == ("conda", "activate", "/conda/envs/t")


def test_a_dump_that_says_so_is_sick():
    dump = "- `transformers` version: 4.44.0\n- Python version: 3.10.14\n- PyTorch version (GPU?): not installed (NA)"
    report = diagnose(examine(dump).facts)
    assert [f.rule for f in report.primary] == [RULE]
    assert report.verdict is Verdict.SICK


def test_a_torch_that_is_there_clears_it():
    assert is_cleared(RULE, torch=Torch(version="2.7.1"), packages=Packages())
    assert is_open(RULE, torch=Torch(), packages=Packages())
    unread = Packages((Package("pip", "25.0", location="/env/lib"),), complete=False)
    assert is_open(RULE, torch=Torch(version=""), packages=unread)


def test_names_the_environment_that_has_torch():
    there = Environments((Environment("/opt/conda/envs/ml", "conda", torch_version="2.7.1"),))
    found = finding(RULE, torch=Torch(version=""), python=PYTHON, packages=Packages(), environments=there)
    assert found is not None
    assert "/opt/conda/envs/ml" in found.message
    assert commands(found)[0] == ("torch-doctor", "check", "--python", "/opt/conda/envs/ml")


def test_an_environment_without_torch_is_not_named():
    others = Environments((Environment("/elsewhere", "venv", torch_version=""),))
    found = finding(RULE, torch=NOT_THERE, python=PYTHON, packages=Packages(), environments=others)
    assert found is not None
    assert "/elsewhere" not in found.message


def test_quiet_when_torch_is_there_or_conda_brings_it():
    conda = Conda(packages=(CondaPackage("pytorch", "2.5.1"),))
    assert finding(RULE, torch=Torch(version="2.7.1"), packages=Packages()) is None
    assert finding(RULE, torch=NOT_THERE, packages=Packages(), conda=conda) is None
    assert finding(RULE, torch=NOT_THERE, packages=Packages((Package("torch", "2.7.1"),))) is None


def test_texts():
    assert points_to(RULE, "importlib.metadata.PackageNotFoundError: No package metadata was found for torch")
    assert points_to(RULE, "AutoModel requires the PyTorch library but it was not found in your environment.")
    assert not points_to(RULE, "PackageNotFoundError: No package metadata was found for torchmetrics")

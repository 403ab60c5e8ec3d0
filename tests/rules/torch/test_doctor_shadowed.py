"""doctor-shadowed."""

from doctor.facts import Package, Packages, Python, Shadow
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_open, points_to

RULE = "doctor-shadowed"


def test_fires_on_the_project_of_that_name_and_on_a_local_folder():
    project = finding(RULE, packages=Packages((Package("doctor", "0.4"),)))
    folder = finding(RULE, python=Python(shadowing=(Shadow("doctor", "/project/doctor"),)))
    assert project and project.severity is Severity.INFO
    assert commands(project) == [("python", "-m", "pip", "uninstall", "-y", "doctor")]
    assert folder and "/project/doctor" in folder.message


def test_quiet_beside_torch_doctor_itself():
    assert finding(RULE, packages=Packages((Package("torch-doctor", "0.1.0"),)), python=Python()) is None


def test_texts():
    line = "No module named doctor.__main__; 'doctor' is a package and cannot be directly executed"
    assert points_to(RULE, line)
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'doctorate'")


def test_another_working_folder_may_have_one():
    assert is_open(RULE, packages=Packages((Package("torch-doctor", "0.1.0"),)), python=Python())

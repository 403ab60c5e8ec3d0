from __future__ import annotations

from doctor.facts import Gpu, Host, Nvidia, Package, Packages, Runtime
from doctor.intake.merge import contradictions, merge, undecided


def test_the_first_stands_and_the_second_fills():
    merged = merge({"host": Host(os="linux", kernel="6.8")}, {"host": Host(os="windows", wsl=2), "nvidia": Nvidia()})
    assert merged["host"] == Host(os="linux", kernel="6.8", wsl=2)
    assert "nvidia" in merged


def test_packages_of_both_lists():
    one = Packages((Package("torch", "2.1"),), complete=False)
    two = Packages((Package("torch", "1.9"), Package("numpy", "1.26")), complete=False)
    merged = merge({"packages": one}, {"packages": two})["packages"]
    assert [(p.name, p.version) for p in merged.installed] == [("torch", "2.1"), ("numpy", "1.26")]


def test_contradictions_tell_machines_from_environments():
    one = {"nvidia": Nvidia(driver_version="535.1", gpus=(Gpu("NVIDIA A100"),))}
    assert contradictions(one, {"nvidia": Nvidia(driver_version="550.2")})[0]
    assert contradictions(one, {"nvidia": Nvidia(gpus=(Gpu("Tesla T4"),))})[0]
    assert contradictions(one, {"nvidia": Nvidia(gpus=(Gpu("A100"),))}) == ([], [])


def test_a_shorter_form_is_no_contradiction():
    from doctor.facts import Python

    assert contradictions({"python": Python(version="3.8")}, {"python": Python(version="3.8.10")}) == ([], [])


def test_two_programs_that_answer_differently_leave_it_open() -> None:
    yes, no = {"runtime": Runtime(cuda_available=True)}, {"runtime": Runtime(cuda_available=False)}
    assert undecided(no, [no, yes, {}])["runtime"].cuda_available is None
    assert undecided(no, [no, {}, {"runtime": Runtime()}]) == no

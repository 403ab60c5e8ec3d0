"""What shows a fact."""

from __future__ import annotations

from doctor.facts import Facts, Host, Python
from doctor.model import ok
from doctor.remedy.looks import shown_by
from doctor.remedy.place import Place

UNKNOWN = Place(Facts())
WINDOWS = Place(Facts(host=ok(Host(os="windows")), python=ok(Python(executable=r"C:\e\python.exe"))))


def test_a_place_has_a_command_of_its_own_a_section_one_for_all_and_the_doctor_the_rest() -> None:
    linux = Place(Facts(host=ok(Host(os="linux"))))
    assert shown_by("nvidia.fabric_manager", linux)[0] == "systemctl"
    assert shown_by("nvidia.gpus", UNKNOWN) == ("nvidia-smi",)
    assert shown_by("storage.folders", UNKNOWN) == ("torch-doctor", "check")


def test_only_what_the_system_has_and_by_the_python_that_is_meant() -> None:
    for fact in ("nvidia.fabric_manager", "nvidia.device_nodes", "amd"):
        assert shown_by(fact, WINDOWS) == ("torch-doctor", "check")
    assert shown_by("torch.version", WINDOWS)[0] == r"C:\e\python.exe"

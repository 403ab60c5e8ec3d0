"""What shows a fact."""

from __future__ import annotations

from doctor.remedy.looks import shown_by


def test_a_place_has_a_command_of_its_own_a_section_one_for_all_and_the_doctor_the_rest() -> None:
    assert shown_by("nvidia.fabric_manager")[0] == "systemctl"
    assert shown_by("nvidia.gpus") == ("nvidia-smi",)
    assert shown_by("storage.folders") == ("torch-doctor", "check")

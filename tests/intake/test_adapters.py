"""Display adapters of all makers, as operating systems name them."""

from __future__ import annotations

import pytest

from doctor.intake.adapters import DisplayAdapter, facts_of, windows_driver


@pytest.mark.parametrize(
    ("windows", "nvidia"),
    [
        ("31.0.15.3598", "535.98"),
        ("27.21.14.5671", "456.71"),
        ("32.0.15.7688", "576.88"),
        ("9.18.13.3165", "331.65"),
        ("31.0.101.4575", None),  # Intel's
        ("535.98", None),
    ],
)
def test_the_number_that_windows_has_for_a_driver(windows: str, nvidia: str | None):
    assert windows_driver(windows) == nvidia


@pytest.mark.parametrize(
    ("listed", "name"),
    [
        ("NVIDIA Corporation GA104 [GeForce RTX 3070] (rev a1)", "NVIDIA GeForce RTX 3070"),
        ("NVIDIA GA104 [GeForce RTX 3070]", "NVIDIA GeForce RTX 3070"),
        ("NVIDIA GeForce RTX 3070 [Discrete]", "NVIDIA GeForce RTX 3070"),
        ("NVIDIA Corporation Device 2b85", "NVIDIA Device 2b85"),
    ],
)
def test_names_of_nvidia(listed: str, name: str):
    facts = facts_of([DisplayAdapter(listed)])
    assert [gpu.name for gpu in facts["nvidia"].pci_gpus] == [name]
    assert facts["nvidia"].gpus is None


def test_a_list_of_names_that_is_too_old_is_helped_out_by_the_number():
    facts = facts_of([DisplayAdapter("NVIDIA Corporation Device", pci_id="10de:2b85")])
    assert facts["nvidia"].pci_gpus[0].name == "NVIDIA GeForce RTX 5090"


def test_graphics_of_a_processor_stand_beside_the_card_and_replace_nothing():
    facts = facts_of([DisplayAdapter("AMD Radeon(TM) Graphics"), DisplayAdapter("NVIDIA GeForce RTX 4060", "551.86")])
    assert [gpu.name for gpu in facts["nvidia"].gpus] == ["NVIDIA GeForce RTX 4060"]
    assert [gpu.name for gpu in facts["amd"].gpus] == ["AMD Radeon(TM) Graphics"]


def test_intel_graphics_that_no_build_serves_are_left_out():
    assert facts_of([DisplayAdapter("Intel(R) UHD Graphics 770"), DisplayAdapter("Intel(R) Iris(R) Xe Graphics")]) == {}
    assert facts_of([DisplayAdapter("Intel Corporation DG2 [Arc A770]")])["intel"].gpus == ("Intel Arc A770",)


@pytest.mark.parametrize("name", ["Microsoft Basic Display Adapter", "Logitech Webcam C270", "VMware SVGA II Adapter"])
def test_what_is_no_gpu_of_theirs(name: str):
    assert facts_of([DisplayAdapter(name)]) == {}


def test_nouveau_is_no_driver_of_nvidia():
    nvidia = facts_of([DisplayAdapter("NVIDIA GM204 [GeForce GTX 970]", module="nouveau")])["nvidia"]
    assert (nvidia.modules, nvidia.driver_version, nvidia.gpus) == (("nouveau",), None, None)

"""What Ray and SkyPilot tell where it is not of one machine."""

from __future__ import annotations

from doctor.intake.formats import ray, skypilot
from tests.intake.formats.sample_files import FOLDER


def lines_of(sample: str) -> list[str]:
    return (FOLDER / f"{sample}.txt").read_text(encoding="utf-8").splitlines()


def test_a_cluster_of_several_nodes_is_no_machine() -> None:
    text = "\n".join(lines_of("ray/status"))
    more = text.replace("Active:\n", "Active:\n 1 node_ffffffffffffffffffffffff\n")
    assert ray.read(more.splitlines())[0] == {}
    assert ray.read(text.replace(" 0.0/1.0 accelerator_type:A100\n", "").splitlines())[0] == {}
    two = text.replace("accelerator_type:A100", "accelerator_type:A100\n 0.0/1.0 accelerator_type:T4")
    assert ray.read(two.splitlines())[0] == {}


def test_machines_that_were_not_chosen_are_none() -> None:
    text = "\n".join(lines_of("skypilot/launch"))
    facts, used = skypilot.read(text.replace("✔", " ").splitlines())
    assert facts == {} and used

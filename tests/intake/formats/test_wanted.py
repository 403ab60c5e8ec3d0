from __future__ import annotations

import pytest

from doctor import intake
from doctor.intake.formats import wanted
from doctor.intake.recognise import ONLY_ASKS, examine
from doctor.model import Status


def test_what_a_file_asks_for_is_not_installed():
    found = examine("# requirements.txt\ntorch==2.4.1\ntorchvision==0.19.1\nnumpy==1.26.4\n")
    assert found.facts.packages.status is Status.SKIPPED
    assert found.facts.torch.status is Status.SKIPPED
    assert found.notes == (ONLY_ASKS,)


def test_indexes_are_facts_without_credentials():
    text = "--index-url https://ana:secret@index.example/simple\ntorch==2.4.1\n-f https://files.example/whl\n"
    entries = intake.read(text).sources.value.entries
    assert [(one.key, one.url) for one in entries] == [
        ("index-url", "https://index.example/simple"),
        ("find-links", "https://files.example/whl"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "numpy==1.26.4\ntorch==2.1.0\ntriton==2.1.0",
        "torch\nnumpy\nscipy",
        "I tried\n\ntorch>=2.0\n\nand it failed",
        "dependencies:",
        "-r is an option\nof pip",
    ],
)
def test_pins_and_prose_are_left_alone(text: str):
    assert wanted.read(text.splitlines()) == ({}, set())


def test_a_list_of_what_is_installed_is_believed_beside_it():
    text = "requirements.txt:\ntorch==2.4.1\nnumpy<2\n\n$ pip list | grep torch\ntorch    2.1.0\n"
    assert intake.read(text).torch.value.version == "2.1.0"

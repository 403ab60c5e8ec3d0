"""dataset-corrupted."""

from doctor.diagnose import remedies_of
from doctor.facts import Facts
from doctor.rules import load
from tests.rules.judging import points_to

RULE = "dataset-corrupted"


def test_texts():
    assert points_to(RULE, "RuntimeError: File not found or corrupted.")
    assert points_to(RULE, "_pickle.UnpicklingError: invalid load key, '<'.")
    line = "RuntimeError: PytorchStreamReader failed reading zip archive: failed finding central directory"
    assert points_to(RULE, line)
    line = "RuntimeError: Dataset not found or corrupted. You can use download=True to download it"
    assert not points_to(RULE, line)
    assert not points_to(RULE, "_pickle.UnpicklingError: Weights only load failed.")


def test_the_file_is_deleted_by_a_person():
    (remedy,) = remedies_of(load(RULE), Facts())
    assert remedy.commands == ()


def test_checksums_in_words():
    assert points_to(RULE, "The MD5 checksum of the download file ./data/a.txt does not match the one on record.")
    assert points_to(RULE, "ValueError: checksum of /tmp/model.bin doesn't match")
    assert not points_to(RULE, "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.")
    assert not points_to(RULE, "RuntimeError: shape of the mask does not match the shape of the indexed tensor")

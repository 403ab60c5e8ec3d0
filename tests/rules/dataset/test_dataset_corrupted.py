"""dataset-corrupted."""

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

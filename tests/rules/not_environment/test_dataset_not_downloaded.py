"""dataset-not-downloaded."""

from tests.rules.judging import points_to

RULE = "dataset-not-downloaded"


def test_texts():
    line = "RuntimeError: Dataset not found or corrupted. You can use download=True to download it"
    assert points_to(RULE, line)
    assert points_to(RULE, "FileNotFoundError: Couldn't find any class folder in ./data/train.")
    assert not points_to(RULE, "RuntimeError: File not found or corrupted.")
    assert points_to(RULE, "FileNotFoundError: [Errno 2] No such file or directory: 'data/train/1.png'")
    assert not points_to(RULE, "FileNotFoundError: [Errno 2] No such file or directory: 'requirements.txt'")

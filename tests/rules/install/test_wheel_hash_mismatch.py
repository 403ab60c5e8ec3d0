"""wheel-hash-mismatch."""

from tests.rules.judging import points_to

RULE = "wheel-hash-mismatch"


def test_texts():
    line = "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated"
    assert points_to(RULE, line)
    assert points_to(RULE, "http.client.IncompleteRead: IncompleteRead(44 bytes read, 100 more expected)")
    assert not points_to(RULE, "Using cached torch-2.7.1-cp312-none-macosx_11_0_arm64.whl (68.6 MB)")

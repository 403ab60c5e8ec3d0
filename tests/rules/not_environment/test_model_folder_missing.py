"""model-folder-missing: more of its texts are in tests/explain/examples."""

from tests.rules.judging import points_to

RULE = "model-folder-missing"


def test_texts():
    assert points_to(
        RULE, "OSError: Can't load the configuration of 'D:\\m\\x'. If you were trying to load it from 'https://h"
    )
    assert points_to(RULE, "OSError: /data/m does not appear to have a file named preprocessor_config.json.")


def test_near_misses():
    assert not points_to(RULE, "OSError: acme/tiny does not appear to have a file named config.json.")
    assert not points_to(RULE, "ValueError: Repo id must be a string, not <class 'NoneType'>")

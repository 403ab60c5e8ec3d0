"""dataset-download-ssl."""

from tests.rules.judging import points_to

RULE = "dataset-download-ssl"


def test_texts():
    line = "urllib.error.URLError: <urlopen error [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed:"
    assert points_to(RULE, line)
    assert not points_to(RULE, "urllib.error.HTTPError: HTTP Error 403: Forbidden")

"""dataset-download-http."""

from tests.rules.judging import points_to

RULE = "dataset-download-http"


def test_texts():
    assert points_to(RULE, "urllib.error.HTTPError: HTTP Error 403: Forbidden")
    assert points_to(RULE, "HTTPError: HTTP Error 503: Service Unavailable")
    assert points_to(RULE, "RuntimeError: The daily quota of the file img_align_celeba.zip is exceeded")
    line = "urllib.error.URLError: <urlopen error [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify"
    assert not points_to(RULE, line)
    assert not points_to(RULE, "CondaHTTPError: HTTP 404 NOT FOUND for url")

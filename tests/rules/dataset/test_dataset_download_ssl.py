"""dataset-download-ssl."""

from tests.rules.judging import points_to

RULE = "dataset-download-ssl"


def test_texts():
    line = "urllib.error.URLError: <urlopen error [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed:"
    assert points_to(RULE, line)
    assert not points_to(RULE, "urllib.error.HTTPError: HTTP Error 403: Forbidden")


def test_the_installer_s_download_is_another_rule():
    assert not points_to(
        RULE, "WARNING: Retrying (Retry(total=4)) after connection broken by '[SSL: CERTIFICATE_VERIFY_FAILED]'"
    )
    assert points_to(RULE, "requests.exceptions.SSLError: HTTPSConnectionPool(host='a.example', port=443): Max retries")

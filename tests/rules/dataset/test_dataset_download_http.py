"""dataset-download-http."""

from doctor.diagnose import remedies_of
from doctor.facts import Host
from doctor.rules import load
from tests.rules.judging import facts_of, points_to

RULE = "dataset-download-http"


def test_texts():
    assert points_to(RULE, "urllib.error.HTTPError: HTTP Error 403: Forbidden")
    assert points_to(RULE, "HTTPError: HTTP Error 503: Service Unavailable")
    assert points_to(RULE, "RuntimeError: The daily quota of the file img_align_celeba.zip is exceeded")
    line = "urllib.error.URLError: <urlopen error [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify"
    assert not points_to(RULE, line)
    assert not points_to(RULE, "CondaHTTPError: HTTP 404 NOT FOUND for url")


def test_a_model_hub_and_the_calls_of_a_service_are_no_data_sets():
    for host in ("huggingface.co", "api.example.com", "localhost"):
        end = f"HTTPSConnectionPool(host='{host}', port=443): Max retries exceeded with url: /x"
        assert not points_to(RULE, f"requests.exceptions.ConnectionError: {end}")
    assert points_to(
        RULE, "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='data.example.org', port=443)"
    )


def test_torchvision_is_not_exchanged_as_its_torch_would_go_with_it():
    (remedy,) = remedies_of(load(RULE), facts_of(host=Host(os="linux")))
    assert remedy.commands == ()

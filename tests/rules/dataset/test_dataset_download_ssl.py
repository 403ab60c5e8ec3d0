"""dataset-download-ssl."""

from doctor.diagnose import remedies_of
from doctor.facts import Host
from doctor.rules import load
from tests.rules.judging import facts_of, points_to

RULE = "dataset-download-ssl"


def test_texts():
    line = "urllib.error.URLError: <urlopen error [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed:"
    assert points_to(RULE, line)
    assert not points_to(RULE, "urllib.error.HTTPError: HTTP Error 403: Forbidden")


def test_a_connection_that_breaks_is_no_matter_of_certificates():
    assert not points_to(
        RULE, "urllib.error.URLError: <urlopen error [SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred>"
    )
    cause = "(Caused by SSLError(SSLEOFError(8, 'x')))"
    assert not points_to(RULE, f"requests.exceptions.SSLError: HTTPSConnectionPool(host='a', port=443): {cause}")


def test_certificates_are_renewed_and_on_a_mac_by_the_command_of_python_org():
    certifi, company = remedies_of(load(RULE), facts_of(host=Host(os="linux")))
    assert certifi.commands == (("python", "-m", "pip", "install", "--upgrade", "certifi"),)
    assert "SSL_CERT_FILE" in company.title
    assert "Install Certificates.command" in remedies_of(load(RULE), facts_of(host=Host(os="macos")))[0].title


def test_the_installer_s_download_is_another_rule():
    assert not points_to(
        RULE, "WARNING: Retrying (Retry(total=4)) after connection broken by '[SSL: CERTIFICATE_VERIFY_FAILED]'"
    )
    assert points_to(RULE, "requests.exceptions.SSLError: HTTPSConnectionPool(host='a.example', port=443): Max retries")

"""pip-ssl-or-proxy."""

from doctor.facts import Package, Packages, Variables
from doctor.model import Severity
from tests.rules.judging import commands, finding, points_to

RULE = "pip-ssl-or-proxy"
SOCKS = Variables({"ALL_PROXY": "socks5://127.0.0.1:1080"})


def test_a_warning_for_an_address_without_a_scheme():
    found = finding(RULE, variables=Variables({"HTTPS_PROXY": "proxy.example.com:3128"}))
    assert found and found.severity is Severity.WARNING


def test_a_socks_proxy_needs_pysocks():
    assert "PySocks" in commands(finding(RULE, variables=SOCKS, packages=Packages()))[0]
    assert finding(RULE, variables=SOCKS, packages=Packages((Package("pysocks", "1.7.1"),))) is None
    assert finding(RULE, variables=SOCKS, packages=Packages(complete=False)) is None


def test_quiet_on_a_usual_proxy_and_without_one():
    assert finding(RULE, variables=Variables({"https_proxy": "http://proxy.example.com:3128"})) is None
    assert finding(RULE, variables=Variables()) is None


def test_texts():
    line = "pip is configured with locations that require TLS/SSL, however the ssl module in Python is not available."
    assert points_to(RULE, line)
    line = "(Caused by SSLError(SSLCertVerificationError('certificate name does not match input')))"
    assert points_to(RULE, line)
    line = "ERROR: Could not install packages due to an OSError: Missing dependencies for SOCKS support."
    assert points_to(RULE, line)
    assert not points_to(RULE, "urllib.error.URLError: <urlopen error [SSL: CERTIFICATE_VERIFY_FAILED]>")


def test_a_program_s_own_download_is_another_rule():
    end = "Max retries exceeded with url: /x (Caused by SSLError(SSLCertVerificationError(1, 'unknown')))"
    assert points_to(
        RULE, f"Could not install packages due to an OSError: HTTPSConnectionPool(host='a', port=443): {end}"
    )
    assert not points_to(RULE, f"requests.exceptions.SSLError: HTTPSConnectionPool(host='a.example', port=443): {end}")
